// Regole: the versions of the rulebook, and the form of the next one.
import { type Locator, expect } from '@playwright/test';
import { Screen } from './screen.ts';

export class RulebookScreen extends Screen {
  async open(): Promise<void> {
    await this.visit('/regole', 'Regole');
  }

  /** The line of a limit. */
  limit(name: string): Locator {
    return this.region('Limiti').getByRole('row').filter({ hasText: name });
  }

  /** A version among several, by the words of its link. */
  version(words: string | RegExp): Locator {
    return this.page.getByRole('navigation', { name: 'Versioni delle regole' }).getByRole('link', { name: words });
  }

  get create(): Locator {
    return this.page.getByRole('link', { name: 'Nuova versione', exact: true });
  }
}

export class NewVersionScreen extends Screen {
  async open(): Promise<void> {
    await this.visit('/regole/nuova', 'Nuova versione');
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Nuova versione delle regole' });
  }

  field(label: string | RegExp): Locator {
    return this.form.getByRole('textbox', { name: label });
  }

  /** Asks what the draft would change. */
  async preview(): Promise<void> {
    await this.form.getByRole('button', { name: 'Vedi cosa cambia' }).click();
  }

  get changes(): Locator {
    return this.region('Cosa cambia');
  }

  /** The planned sessions that change, below the head. */
  get changed(): Locator {
    return this.changes.getByRole('row').filter({ has: this.page.getByRole('cell') });
  }

  async publish(): Promise<void> {
    await this.changes.getByRole('button', { name: 'Pubblica' }).click();
    const dialog = this.dialog('Pubblica la versione');
    await dialog.isOpen();
    await expect(dialog.root).toContainText('non si cambia e non si toglie più');
    await dialog.confirm('Pubblica');
  }
}
