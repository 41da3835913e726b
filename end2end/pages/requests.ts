// Richieste attivazione servizi: the list, one request, the profile.
import { type Locator, expect } from '@playwright/test';
import { Screen } from './screen.ts';

const LIST = 'Richieste attivazione servizi';

/** What the search mask asks for. */
export interface Filters {
  states?: string[];
  opal?: string;
  surname?: string;
  taxCode?: string;
  within?: string;
  centre?: string;
  voucher?: string;
}

export class RequestsScreen extends Screen {
  async open(query = ''): Promise<void> {
    await this.visit(`/richieste${query}`, LIST);
  }

  async isThere(): Promise<void> {
    await this.arrived(LIST);
  }

  get mask(): Locator {
    return this.page.getByRole('search', { name: 'Ricerca richieste' });
  }

  field(name: string): Locator {
    return this.mask.getByRole('textbox', { name, exact: true }).or(this.mask.getByRole('spinbutton', { name, exact: true }));
  }

  select(name: string): Locator {
    return this.mask.getByRole('combobox', { name, exact: true });
  }

  state(name: string): Locator {
    return this.mask.getByRole('checkbox', { name, exact: true });
  }

  async more(): Promise<void> {
    if (!(await this.select('Tipo voucher').isVisible())) await this.mask.getByText('Altri filtri').click();
  }

  async search({ states = [], opal, surname, taxCode, within, centre, voucher }: Filters): Promise<void> {
    for (const state of states) await this.state(state).check();
    if (opal) await this.field('Codice OPAL').fill(opal);
    if (surname) await this.field('Cognome').fill(surname);
    if (taxCode) await this.field('Codice fiscale').fill(taxCode);
    if (within) await this.field('Scade entro giorni').fill(within);
    if (centre ?? voucher) await this.more();
    if (centre) await this.field('CPI').fill(centre);
    if (voucher) await this.select('Tipo voucher').selectOption({ label: voucher });
    await this.mask.getByRole('button', { name: 'Cerca' }).click();
  }

  /** Rows below the head. */
  get rows(): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('cell') });
  }

  row(opal: string): Locator {
    return this.rows.filter({ hasText: opal });
  }

  /** The icon right of the state. */
  icon(opal: string): Locator {
    return this.page.getByRole('link', { name: `Apri la richiesta ${opal}`, exact: true });
  }

  get icons(): Locator {
    return this.page.getByRole('link', { name: /^Apri la richiesta / });
  }

  count(text: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: text });
  }
}

export class RequestScreen extends Screen {
  async open(id: string, opal: string): Promise<void> {
    await this.visit(`/richieste/${id}`, `Richiesta ${opal}`);
  }

  async isThere(opal: string): Promise<void> {
    await this.arrived(`Richiesta ${opal}`);
  }

  get admitButton(): Locator {
    return this.page.getByRole('button', { name: 'Ammissione al servizio', exact: true });
  }

  get refuseButton(): Locator {
    return this.page.getByRole('button', { name: 'Rifiuta la richiesta', exact: true });
  }

  get profile(): Locator {
    return this.page.getByRole('link', { name: 'Profilo del beneficiario', exact: true });
  }

  get outcome(): Locator {
    return this.region('Esito');
  }

  get toDossier(): Locator {
    return this.page.getByRole('link', { name: 'Vai al fascicolo', exact: true });
  }

  async admit(): Promise<void> {
    await this.admitButton.click();
    const dialog = this.dialog('Ammissione al servizio');
    await dialog.isOpen();
    await dialog.confirm('Procedi');
    await expect(this.outcome).toContainText('Ammesso al servizio');
  }

  /** The two decisions are gone. */
  async isDecided(): Promise<void> {
    await expect(this.outcome).toBeVisible();
    await expect(this.admitButton).toHaveCount(0);
    await expect(this.refuseButton).toHaveCount(0);
    await expect(this.profile).toBeVisible();
  }
}
