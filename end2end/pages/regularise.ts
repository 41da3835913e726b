// Da regolarizzare: the list of late sessions, the boxes, the bar and the preview of an act.
import { type Locator, expect } from '@playwright/test';
import { long } from '../fixtures/calendar.ts';
import { type Slot } from '../fixtures/desk.ts';
import { type Dialog, Screen } from './screen.ts';

export type Act = 'Programma' | 'Avvia' | 'Concludi';
const TITLES = { Programma: 'Programma le erogazioni', Avvia: 'Avvia le erogazioni', Concludi: 'Concludi le erogazioni' } as const;
const KINDS = { Programma: 'da programmare', Avvia: 'da avviare', Concludi: 'da concludere' } as const;

type When = Pick<Slot, 'on' | 'from' | 'to'>;

export class RegulariseScreen extends Screen {
  async open(): Promise<void> {
    await this.visit('/da-regolarizzare', 'Da regolarizzare');
  }

  row({ on, from, to }: When): Locator {
    return this.page.getByRole('row').filter({ hasText: long(on) }).filter({ hasText: `${from}-${to}` });
  }

  box({ on, from, to }: When): Locator {
    return this.page.getByRole('checkbox', { name: new RegExp(`^Seleziona l'erogazione del ${long(on)}, ${from}-${to}, `) });
  }

  /** The box that chooses all that an act is for. */
  all(act: Act): Locator {
    return this.page.getByRole('checkbox', { name: new RegExp(`^Tutte quelle ${KINDS[act]} \\(\\d+\\)$`) });
  }

  get bar(): Locator {
    return this.page.getByRole('group', { name: 'Erogazioni scelte', exact: true });
  }

  button(act: Act): Locator {
    return this.bar.getByRole('button', { name: new RegExp(`^${act} \\d+$`) });
  }

  /** Asks for an act, and sees its preview. */
  async ask(act: Act): Promise<Preview> {
    await this.button(act).click();
    return this.preview(act);
  }

  async preview(act: Act): Promise<Preview> {
    const dialog = this.dialog(TITLES[act]);
    await dialog.isOpen();
    return new Preview(dialog);
  }
}

export class Preview {
  constructor(readonly dialog: Dialog) {}

  get root(): Locator {
    return this.dialog.root;
  }

  /** Those that it can be done to. */
  get fits(): Locator {
    return this.root.getByRole('list', { name: /^Da (programmare|avviare|concludere)$/ }).getByRole('listitem');
  }

  /** Those that stay as they are, with the reason. */
  get left(): Locator {
    return this.root.getByRole('region', { name: 'Restano come sono' }).getByRole('listitem');
  }

  get forAll(): Locator {
    return this.root.getByRole('textbox', { name: 'Descrizione per tutte' });
  }

  description({ on, from, to }: When): Locator {
    return this.root.getByRole('textbox', { name: new RegExp(`^${long(on)}, ${from}-${to}, `) });
  }

  async confirm(act: Act, count: number): Promise<void> {
    await this.dialog.confirm(this.label(act, count));
  }

  label(act: Act, count: number): string {
    return `${act} ${count} ${count === 1 ? 'erogazione' : 'erogazioni'}`;
  }

  async has(fits: number, left: number): Promise<void> {
    await expect(this.fits).toHaveCount(fits);
    await expect(this.left).toHaveCount(left);
  }
}
