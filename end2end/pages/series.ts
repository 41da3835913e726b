// Nuova serie, with its preview; and choosing several sessions of an activity.
import { type Locator, type Page, expect } from '@playwright/test';
import { expectAccessible } from '../fixtures/axe.ts';
import { long } from '../fixtures/calendar.ts';
import { type ActivityCode, type Slot } from '../fixtures/desk.ts';
import { type Dialog, Screen } from './screen.ts';

export type Weekday = 'lunedì' | 'martedì' | 'mercoledì' | 'giovedì' | 'venerdì' | 'sabato';

/** Every session of a series, as it is typed. */
export interface Pattern {
  coach: string;
  days: readonly Weekday[];
  from: string;
  to: string;
  first: string;
}

/** Checks a page at its whole height: what sticks to an edge of the screen covers no button then, as it does none that was scrolled into sight. */
export function expectWholeAccessible(page: Page): Promise<void> {
  return atFullHeight(page, () => expectAccessible(page));
}

async function atFullHeight(page: Page, run: () => Promise<void>): Promise<void> {
  const size = page.viewportSize();
  if (size) await page.setViewportSize({ ...size, height: 8000 });
  await run();
  if (size) await page.setViewportSize(size);
}

export class SeriesForm extends Screen {
  async openNew(dossier: string, code: ActivityCode): Promise<void> {
    await this.visit(`/dossier/${dossier}/attivita/${code}/erogazioni/serie`, 'Nuova serie');
  }

  override async arrived(title: string | RegExp): Promise<void> {
    await atFullHeight(this.page, () => super.arrived(title));
  }

  async isThere(): Promise<void> {
    await this.arrived('Nuova serie');
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Serie', exact: true });
  }

  get coach(): Locator {
    return this.form.getByRole('combobox', { name: 'Operatore', exact: true });
  }

  get weekdays(): Locator {
    return this.form.getByRole('group', { name: /^Giorni della settimana/ });
  }

  day(name: Weekday): Locator {
    return this.weekdays.getByRole('checkbox', { name, exact: true });
  }

  field(name: 'Dal giorno' | 'Ora inizio' | 'Ora fine' | 'Note'): Locator {
    return this.form.getByRole('textbox', { name, exact: true });
  }

  async fill({ coach, days, from, to, first }: Partial<Pattern>, note?: string): Promise<void> {
    if (coach) await this.coach.selectOption({ label: coach });
    for (const name of days ?? []) await this.day(name).check();
    if (first) await this.field('Dal giorno').fill(first);
    if (from) await this.field('Ora inizio').fill(from);
    if (to) await this.field('Ora fine').fill(to);
    if (note !== undefined) await this.field('Note').fill(note);
  }

  get preview(): Locator {
    return this.region('Anteprima');
  }

  /** The sessions of the series, dropped ones included. */
  get rows(): Locator {
    return this.preview.getByRole('rowheader');
  }

  /** The row of a day of the pattern, wherever it is moved. */
  row(on: string): SeriesRow {
    return new SeriesRow(this, on);
  }

  /** Sessions and hours, as they are read out. */
  get count(): Locator {
    return this.preview.getByRole('status');
  }

  /** The days without a session, with the reason. */
  get leftOut(): Locator {
    return this.preview.getByRole('group').filter({ hasText: /^Giorni saltati/ });
  }

  get replan(): Locator {
    return this.preview.getByRole('button', { name: 'Ricalcola', exact: true });
  }

  get send(): Locator {
    return this.preview.getByRole('button', { name: /^Inserisci \d+ erogazion[ei]$/ });
  }

  get confirmation(): Dialog {
    return this.dialog('Inserisci la serie');
  }
}

export class SeriesRow {
  readonly root: Locator;

  constructor(
    readonly screen: SeriesForm,
    readonly on: string,
  ) {
    // Its button names the day of the pattern.
    this.root = screen.preview.getByRole('row').filter({ has: screen.page.getByRole('button', { name: new RegExp(`^(Togli|Rimetti) l'erogazione del ${long(on)}$`) }) });
  }

  button(name: 'Sposta' | 'Togli' | 'Rimetti'): Locator {
    return this.root.getByRole('button', { name: `${name} l'erogazione del ${long(this.on)}`, exact: true });
  }

  /** The times that would do instead. */
  get slots(): Locator {
    return this.root.getByRole('list', { name: `Orari possibili invece di ${long(this.on)}` }).getByRole('button');
  }

  /** The fields that move it. */
  get mover(): Locator {
    return this.screen.page.getByRole('form', { name: `Sposta l'erogazione del ${long(this.on)}` });
  }

  async moveTo({ on, from, to }: Partial<Slot>): Promise<void> {
    await this.button('Sposta').click();
    const field = (name: string) => this.mover.getByRole('textbox', { name, exact: true });
    await expect(field('Data')).toBeFocused();
    if (on) await field('Data').fill(on);
    if (from) await field('Ora inizio').fill(from);
    if (to) await field('Ora fine').fill(to);
  }
}

/** Choosing several sessions of an activity and programming them together. */
export class BulkChoice {
  constructor(readonly page: Page) {}

  get all(): Locator {
    return this.page.getByRole('checkbox', { name: 'Seleziona tutte le inserite', exact: true });
  }

  box({ on, from, to }: Pick<Slot, 'on' | 'from' | 'to'>): Locator {
    return this.page.getByRole('checkbox', { name: `Seleziona l'erogazione del ${long(on)}, ${from}-${to}`, exact: true });
  }

  get bar(): Locator {
    return this.page.getByRole('group', { name: 'Erogazioni scelte', exact: true });
  }

  get schedule(): Locator {
    return this.bar.getByRole('button', { name: /^Programma \d+ erogazion[ei]$/ });
  }
}
