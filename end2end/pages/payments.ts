// Rendicontazione: the mask, the sums, the list, the files.
import { readFile } from 'node:fs/promises';
import { type Locator, expect } from '@playwright/test';
import { Screen } from './screen.ts';

/** What the mask asks for, by the labels of its fields. */
interface Asked {
  'Codice OPAL'?: string;
  Stato?: string;
  Pagamento?: string;
  'Erogate dal'?: string;
  'Erogate al'?: string;
}

export class PaymentsScreen extends Screen {
  async open(query = ''): Promise<void> {
    await this.visit(`/rendicontazione${query}`, 'Rendicontazione');
  }

  get mask(): Locator {
    return this.page.getByRole('search', { name: 'Ricerca fascicoli da rendicontare' });
  }

  field(label: keyof Asked): Locator {
    return this.mask.getByLabel(label, { exact: true });
  }

  async find(asked: Asked): Promise<void> {
    for (const [label, value] of Object.entries(asked) as [keyof Asked, string][]) {
      if (label === 'Stato' || label === 'Pagamento') await this.field(label).selectOption({ label: value });
      else await this.field(label).fill(value);
    }
    await this.mask.getByRole('button', { name: 'Cerca' }).click();
  }

  get totals(): Locator {
    return this.page.getByRole('region', { name: /^Totale/ });
  }

  /** A dossier of the list. */
  row(opal: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name: opal, exact: true }) });
  }

  /** The OPAL codes of the list, once it shows so many dossiers. */
  async codes(count: number): Promise<string[]> {
    await expect(this.page.getByRole('status').filter({ hasText: `di ${count}` })).toHaveText(`Mostrati ${count} di ${count}`);
    return this.page.getByRole('rowheader').getByRole('link').allInnerTexts();
  }

  /** Saves the list as a file: its name and its bytes. */
  async save(format: 'CSV' | 'XLSX'): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('link', { name: `Esporta ${format}` }).click();
    const file = await download;
    expect(await file.failure()).toBeNull();
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }
}
