// Enti: which providers are on the list, for the administrator of the system.
import { type Locator } from '@playwright/test';
import { Screen } from './screen.ts';

export class ProvidersScreen extends Screen {
  async open(): Promise<void> {
    await this.visit('/amministrazione/enti', 'Enti');
  }

  row(code: string): Locator {
    return this.page.getByRole('row').filter({ hasText: code });
  }
}

export class ProviderScreen extends Screen {
  async isThere(name: string): Promise<void> {
    await this.arrived(name);
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Cambia stato', exact: true });
  }

  get standing(): Locator {
    return this.form.getByRole('combobox', { name: 'Stato' });
  }

  get from(): Locator {
    return this.form.getByRole('textbox', { name: 'Dal giorno' });
  }

  get reason(): Locator {
    return this.form.getByRole('textbox', { name: 'Motivo' });
  }

  get change(): Locator {
    return this.form.getByRole('button', { name: 'Cambia stato', exact: true });
  }

  /** The periods, newest first, without the head. */
  get periods(): Locator {
    return this.region('Periodi').getByRole('row').filter({ has: this.page.getByRole('cell') });
  }
}
