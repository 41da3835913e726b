// Accedi.
import { type Locator, type Page, expect } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';
import { PASSWORD } from '../fixtures/server.ts';

export class SignInScreen {
  constructor(readonly page: Page) {}

  async visit(path = '/accedi'): Promise<void> {
    await this.page.goto(path);
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await expect(this.page).toHaveURL(/\/accedi(\?|$)/);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Accedi' })).toBeVisible();
    await expect(this.button).toBeEnabled();
    await expectAccessible(this.page);
  }

  async signIn(login: string, password = PASSWORD): Promise<void> {
    await this.page.getByLabel('Nome utente').fill(login);
    await this.page.getByLabel('Password').fill(password);
    await this.button.click();
  }

  get button(): Locator {
    return this.page.getByRole('button', { name: 'Accedi', exact: true });
  }

  get alert(): Locator {
    return this.page.getByRole('alert');
  }
}
