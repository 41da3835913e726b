// Gestione politiche attive: the dossiers, one dossier with its history, one activity with its sessions.
import { type Locator, expect } from '@playwright/test';
import { long } from '../fixtures/calendar.ts';
import { ACTIVITIES, type ActivityCode, type Slot } from '../fixtures/desk.ts';
import { type Dialog, Screen } from './screen.ts';

export class PoliciesScreen extends Screen {
  async open(query = ''): Promise<void> {
    await this.visit(`/politiche-attive${query}`, 'Gestione politiche attive');
  }

  async find(opal: string): Promise<void> {
    const mask = this.page.getByRole('search', { name: 'Ricerca fascicoli' });
    await mask.getByRole('textbox', { name: 'Codice OPAL', exact: true }).fill(opal);
    await mask.getByRole('button', { name: 'Cerca' }).click();
    await expect(this.page).toHaveURL(new RegExp(`opal_code=${opal}`));
    await expect(this.dossier(opal)).toBeVisible();
  }

  /** The card of a dossier. */
  dossier(opal: string): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^${opal} `) });
  }
}

export class DossierScreen extends Screen {
  async open(id: string, opal: string): Promise<void> {
    await this.visit(`/dossier/${id}`, new RegExp(`^${opal} `));
  }

  async isThere(opal: string): Promise<void> {
    await this.arrived(new RegExp(`^${opal} `));
  }

  activity(code: ActivityCode): Locator {
    return this.page.getByRole('link', { name: ACTIVITIES[code].name, exact: true });
  }

  get history(): Locator {
    return this.region('Cronologia');
  }
}

/** What may be done to a session, by the words on its button. */
export type SessionAction = 'Programma' | 'Avvia' | 'Concludi erogazione' | 'Annulla' | 'Chiudi negativamente';

const DIALOGS: Record<SessionAction, string> = {
  Programma: "Programma l'erogazione",
  Avvia: "Avvia l'erogazione",
  'Concludi erogazione': 'Concludi erogazione',
  Annulla: "Annulla l'erogazione",
  'Chiudi negativamente': 'Chiudi negativamente',
};

export class ActivityScreen extends Screen {
  async open(dossier: string, code: ActivityCode): Promise<void> {
    await this.visit(`/dossier/${dossier}/attivita/${code}`, ACTIVITIES[code].name);
  }

  async isThere(code: ActivityCode): Promise<void> {
    await this.arrived(ACTIVITIES[code].name);
  }

  get enter(): Locator {
    return this.page.getByRole('link', { name: 'Nuova erogazione', exact: true });
  }

  get close(): Locator {
    return this.page.getByRole('button', { name: 'Concludi attività', exact: true });
  }

  /** The bar of the hours, by its words. */
  hours(words: string | RegExp): Locator {
    return this.page.getByRole('img', { name: words });
  }

  session(slot: Pick<Slot, 'on' | 'from' | 'to'>, state?: string): SessionItem {
    return new SessionItem(this, slot, state);
  }

  /** Nothing may be done any more. */
  async offersNothing(): Promise<void> {
    await expect(this.enter).toHaveCount(0);
    await expect(this.close).toHaveCount(0);
    await expect(this.region('Erogazioni').getByRole('button')).toHaveCount(0);
    await expect(this.region('Erogazioni').getByRole('link', { name: /^(Modifica|Ripianifica)/ })).toHaveCount(0);
  }
}

/** One session in the list of its activity. */
export class SessionItem {
  readonly root: Locator;

  constructor(
    readonly screen: ActivityScreen,
    { on, from, to }: Pick<Slot, 'on' | 'from' | 'to'>,
    state?: string,
  ) {
    const at = screen.region('Erogazioni').getByRole('listitem').filter({ hasText: long(on) }).filter({ hasText: `${from}-${to}` });
    this.root = state ? at.filter({ has: screen.page.getByText(state, { exact: true }) }) : at;
  }

  async is(state: string): Promise<void> {
    await expect(this.root.getByText(state, { exact: true })).toBeVisible();
  }

  button(action: SessionAction): Locator {
    return this.root.getByRole('button', { name: new RegExp(`^${action} ?[,:]`) });
  }

  /** The icon left of the state. */
  get edit(): Locator {
    return this.root.getByRole('link', { name: /^Modifica l'erogazione/ });
  }

  get replan(): Locator {
    return this.root.getByRole('link', { name: /^Ripianifica/ });
  }

  /** Opens the dialog of an action, and waits until it can judge: before its facts are there only the server could. */
  async ask(action: SessionAction): Promise<Dialog> {
    const facts = this.screen.page.waitForResponse(/\/api\/session\/surroundings/);
    await this.button(action).click();
    const dialog = this.screen.dialog(DIALOGS[action]);
    await dialog.isOpen();
    await (await facts).finished();
    return dialog;
  }
}

/** Nuova erogazione, Ripianifica, Modifica. */
export class SessionForm extends Screen {
  async openNew(dossier: string, code: ActivityCode): Promise<void> {
    await this.visit(`/dossier/${dossier}/attivita/${code}/erogazioni/nuova`, 'Nuova erogazione');
  }

  async isThere(title: 'Nuova erogazione' | "Modifica l'erogazione" | "Ripianifica l'erogazione"): Promise<void> {
    await this.arrived(title);
  }

  get coach(): Locator {
    return this.page.getByRole('combobox', { name: 'Operatore', exact: true });
  }

  field(name: 'Data' | 'Ora inizio' | 'Ora fine' | 'Note'): Locator {
    return this.page.getByRole('form', { name: 'Erogazione' }).getByRole('textbox', { name, exact: true });
  }

  async fill({ coach, on, from, to }: Partial<Slot>, note?: string): Promise<void> {
    if (coach) await this.coach.selectOption({ label: coach });
    if (on) await this.field('Data').fill(on);
    if (from) await this.field('Ora inizio').fill(from);
    if (to) await this.field('Ora fine').fill(to);
    if (note !== undefined) await this.field('Note').fill(note);
  }

  /** The facts of what is typed have arrived. */
  async isJudged(): Promise<void> {
    await expect(this.page.getByRole('form', { name: 'Erogazione' }).locator('[aria-busy="true"]')).toHaveCount(0);
  }

  /** Holds exactly this. */
  async holds({ coach, on, from, to }: Slot, note: string): Promise<void> {
    await expect(this.coach.getByRole('option', { selected: true })).toHaveText(coach);
    await expect(this.field('Data')).toHaveValue(on);
    await expect(this.field('Ora inizio')).toHaveValue(from);
    await expect(this.field('Ora fine')).toHaveValue(to);
    await expect(this.field('Note')).toHaveValue(note);
  }

  get submit(): Locator {
    return this.page.getByRole('button', { name: /^(Invia|Salva modifiche)$/ });
  }

  /** The days of the week in sight beside the form: all seven, or one on a phone. */
  get days(): Locator {
    return this.page.getByRole('group', { name: /^Giorni/ }).getByRole('button');
  }

  day(on: string): Locator {
    const [weekday, number] = long(on).split(' ');
    return this.days.filter({ hasText: new RegExp(`^${weekday} ${number} `) });
  }

  /** Where the button of a day stands in the picture of the week, and how large it is; measured at once, for what is above may still be on its way. */
  async placeOfDay(on: string): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.day(on).evaluate((day) => {
      const [{ x, y, width, height }, week] = [day.getBoundingClientRect(), day.closest('section')?.getBoundingClientRect()];
      return { x: x - (week?.x ?? 0), y: y - (week?.y ?? 0), width, height };
    });
  }

  /** One day on, or back; only where one day is in sight. */
  step(to: 'precedente' | 'successivo', on: string): Locator {
    return this.page.getByRole('button', { name: `Giorno ${to}: ${long(on)}`, exact: true });
  }

  /** How many hours are taken with what is typed. */
  get meters(): Locator {
    return this.page.getByRole('list', { name: 'Ore con questa erogazione' });
  }

  /** What the rules say, beside the form. */
  get findings(): Locator {
    return this.page.getByRole('form', { name: 'Erogazione' }).getByRole('list', { name: 'Esito dei controlli' }).getByRole('listitem');
  }

  /** What refuses; some people have limits of their own, which only warn. */
  get blocks(): Locator {
    return this.findings.filter({ hasText: 'Da correggere' });
  }

  /** A rule that refuses, by its id and words. */
  blocked(rule: string, words: string | RegExp): Locator {
    return this.blocks.filter({ hasText: new RegExp(`\\b${rule}\\b`) }).filter({ hasText: words });
  }

  /** A rule that only warns. */
  warned(rule: string, words: string | RegExp): Locator {
    return this.findings.filter({ hasText: 'Attenzione' }).filter({ hasText: new RegExp(`\\b${rule}\\b`) }).filter({ hasText: words });
  }

  get warnings(): Dialog {
    return this.dialog('Conferma gli avvisi');
  }
}
