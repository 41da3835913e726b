// Documenti: what a dossier has on paper, the page on which a document is written, and the page that verifies a code.
import { type Locator, expect } from '@playwright/test';
import { type Dialog, Screen } from './screen.ts';

export type Paper = 'Registro attività' | 'Attestazione del servizio erogato' | 'Output delle attività' | 'Relazione finale sugli esiti';
export type Written = 'Relazione del colloquio esplorativo' | 'Piano di coaching' | 'Relazione finale sugli esiti';

export class DocumentsScreen extends Screen {
  async open(dossier: string): Promise<void> {
    await this.visit(`/dossier/${dossier}/documenti`, 'Documenti');
  }

  async isThere(): Promise<void> {
    await this.arrived('Documenti');
  }

  /** What is still to be done. */
  get missing(): Locator {
    return this.region('Manca');
  }

  of(paper: Paper): Locator {
    return this.region(paper);
  }

  /** An issued document by its heading: `Registro attività n. 1/2026`. */
  issued(heading: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByText(heading, { exact: true }) });
  }

  async ask(kind: 'Registro attività' | 'Attestazione del servizio erogato'): Promise<Dialog> {
    await this.button(`Emetti ${kind}`).click();
    const dialog = this.dialog(`Emetti ${kind}`);
    await dialog.isOpen();
    return dialog;
  }

  async issue(kind: 'Registro attività' | 'Attestazione del servizio erogato'): Promise<void> {
    await (await this.ask(kind)).confirm('Emetti');
  }

  preview(kind: 'Registro attività' | 'Attestazione del servizio erogato'): Locator {
    return this.of(kind).getByRole('link', { name: `Anteprima di ${kind} (si apre in un'altra scheda)`, exact: true });
  }

  get bundle(): Locator {
    return this.page.getByRole('link', { name: 'Scarica il fascicolo', exact: true });
  }

  /** Opens a form behind its fold. */
  async unfold(summary: 'Carica il registro firmato' | 'Carica un output fatto altrove', form: string): Promise<Locator> {
    await this.page.getByText(summary, { exact: true }).click();
    const found = this.page.getByRole('form', { name: form, exact: true });
    await expect(found).toBeVisible();
    return found;
  }

  async write(kind: Written): Promise<void> {
    await this.button(`Scrivi ${kind}`).first().click();
  }

  /** Takes a file away by its link, and hands out its name and bytes. */
  async take(link: Locator): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), link.click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }
}

export class DraftScreen extends Screen {
  async isThere(kind: Written): Promise<void> {
    await this.arrived(kind);
  }

  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  get outcome(): Locator {
    return this.page.getByRole('combobox', { name: 'Esito del percorso', exact: true });
  }

  /** All that was typed has been saved. */
  async isSaved(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: /^Bozza salvata il .* da te\.$/ })).toBeVisible();
  }
}

export class VerificationScreen {
  constructor(readonly screen: Screen) {}

  async open(code = ''): Promise<void> {
    await this.screen.page.goto(`/verifica${code && `/${code}`}`);
    await expect(this.screen.title('Verifica di un documento')).toBeVisible();
  }

  async type(code: string): Promise<void> {
    const form = this.screen.page.getByRole('form', { name: 'Codice del documento' });
    await form.getByRole('textbox', { name: 'Codice', exact: true }).fill(code);
    await form.getByRole('button', { name: 'Verifica', exact: true }).click();
  }
}
