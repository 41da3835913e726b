// What every page of somebody signed in has: a title, the menu, the user's menu, dialogs, messages. Found by role and label only.
import { type Locator, type Page, expect } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';

export class Screen {
  constructor(readonly page: Page) {}

  /** Goes there by its address and waits until its buttons work. */
  async visit(path: string, title: string | RegExp): Promise<void> {
    await this.page.goto(path);
    await this.arrived(title);
  }

  /** The page is there, alive in the browser, and accessible. */
  async arrived(title: string | RegExp): Promise<void> {
    await expect(this.title(title)).toBeVisible();
    // Ready to act: a button works only once the program runs in the browser.
    await expect(this.page.getByRole('button', { name: 'Esci', includeHidden: true })).toBeEnabled();
    await expectAccessible(this.page);
  }

  title(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' });
  }

  /** Opens a page by the main menu, which a small screen keeps in a drawer. */
  async choose(entry: 'Cruscotto' | 'Agenda' | 'Enti' | 'Rendicontazione' | 'Rifiuti per ente' | 'Richieste attivazione servizi' | 'Gestione politiche attive' | 'Regole'): Promise<void> {
    const burger = this.page.getByRole('button', { name: 'Apri il menu' });
    if (await burger.isVisible()) await burger.click();
    await this.menu.getByRole('link', { name: entry, exact: true }).click();
    await this.arrived(entry);
  }

  get menu(): Locator {
    return this.page.getByRole('navigation', { name: 'Menu principale' });
  }

  async signOut(): Promise<void> {
    await this.userMenu.click();
    await this.page.getByRole('button', { name: 'Esci' }).click();
    await expect(this.page).toHaveURL(/\/accedi$/);
  }

  /** The name of whoever is signed in, and what is behind it. */
  get userMenu(): Locator {
    return this.page.getByRole('banner').getByRole('group');
  }

  region(name: string | RegExp): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  dialog(title: string): Dialog {
    return new Dialog(this.page, title);
  }

  /** A message of what was done. */
  async says(text: string): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: text })).toBeVisible();
  }

  /** A message of what went wrong. */
  alert(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }
}

/** The confirmation of an act. */
export class Dialog {
  readonly root: Locator;

  constructor(
    readonly page: Page,
    title: string,
  ) {
    this.root = page.getByRole('dialog', { name: title, exact: true });
  }

  /** It is open, and has the focus on the safe button. */
  async isOpen(): Promise<void> {
    await expect(this.root).toBeVisible();
    await expect(this.back).toBeFocused();
  }

  async isClosed(): Promise<void> {
    await expect(this.root).toBeHidden();
  }

  get back(): Locator {
    return this.root.getByRole('button', { name: 'Indietro', exact: true });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** Confirms, and is gone. */
  async confirm(label: string): Promise<void> {
    await this.button(label).click();
    await this.isClosed();
  }

  findings(text: string | RegExp): Locator {
    return this.root.getByRole('list', { name: 'Esito dei controlli' }).getByRole('listitem').filter({ hasText: text });
  }
}
