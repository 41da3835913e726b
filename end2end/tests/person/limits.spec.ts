// Personal limits (R30) typed by an operator, with their warning wherever one plans.
import type { Page } from '@playwright/test';
import { Desk } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { LimitsForm, ProfileScreen } from '../../pages/persons.ts';
import { ActivityScreen, SessionForm } from '../../pages/policies.ts';
import { BulkChoice, SeriesForm } from '../../pages/series.ts';

const TRAINING = 'on_the_job_training';
const COACH = 'Chiara Bortolin';
const LINE = 'Limiti della persona: 3 h al giorno, 9 h alla settimana, 09:00-13:00, lun mer ven';
/** Monday, after everything that the demonstration planned. */
const [MONDAY, TUESDAY] = ['2026-12-14', '2026-12-15'];

test.use({ ownServer: true });

async function fits(page: Page): Promise<void> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over), page.url()).toBeLessThanOrEqual(0);
}

/** A dossier of somebody who sustains three hours a day, nine a week, from nine to one, on three days. */
async function limited(desk: Desk): Promise<string> {
  const { id } = await desk.dossier();
  await desk.limit(id, { max_day: '3', max_week: '9', earliest: '09:00', latest: '13:00', weekdays: ['mon', 'wed', 'fri'] });
  return id;
}

test('limits are typed by keyboard alone, refused while wider than the law, saved, and taken away again (R30)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const [profile, form] = [new ProfileScreen(page), new LimitsForm(page)];
  await profile.open(id);
  await expect(profile.limits).toContainText('Nessun limite oltre a quelli validi per tutti.');
  await profile.edit.focus();
  await page.keyboard.press('Enter');
  await form.isThere();
  await fits(page);

  await form.field('Ore al giorno').focus();
  await page.keyboard.type('9');
  await expect(form.field('Ore al giorno')).not.toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Tab');
  await form.refuses('Ore al giorno', '9 h al giorno superano il massimo di legge di 8 h: indica al massimo 8 h\\.');
  await page.keyboard.type('15');
  await page.keyboard.press('Enter');
  await expect(form.alert('Controlla un campo')).toBeFocused();
  await form.arrived('Limiti personali per la pianificazione');
  await form.field('Ore al giorno').fill('4:30');
  await expect(form.field('Ore al giorno')).not.toHaveAttribute('aria-invalid', 'true');
  await form.field('Non prima delle').fill('09:00');
  await form.field('Non dopo le').fill('08:45');
  await form.refuses('Non dopo le', 'Tra le 09:00 e le 08:45 non resta tempo');
  await form.field('Non dopo le').fill('13:30');
  for (const day of ['martedì', 'giovedì', 'sabato']) {
    await form.day(day).focus();
    await page.keyboard.press('Space');
  }
  await form.save.focus();
  await page.keyboard.press('Enter');
  await profile.isThere();
  await profile.says('Limiti personali salvati.');
  await expect(profile.limits.getByRole('listitem')).toHaveText([
    'Al massimo 4 h 30 min al giorno.',
    'Al massimo 15 h alla settimana.',
    'Non prima delle 09:00.',
    'Non dopo le 13:30.',
    'Solo di lunedì, mercoledì, venerdì.',
  ]);
  await fits(page);

  await profile.edit.click();
  await form.isThere();
  await expect(form.field('Ore al giorno')).toHaveValue('4:30');
  await expect(form.day('martedì')).not.toBeChecked();
  await form.none.click();
  await expect(form.field('Ore al giorno')).toHaveValue('');
  await expect(form.day('martedì')).toBeChecked();
  await form.save.click();
  await profile.isThere();
  await expect(profile.limits).toContainText('Nessun limite oltre a quelli validi per tutti.');
});

test('a form without any day of the week is refused (R30)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const form = new LimitsForm(page);
  await form.open(id);
  for (const day of ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato']) await form.day(day).uncheck();
  await form.save.click();
  await expect(form.alert('Nessun giorno scelto: scegline almeno uno, o tutti se non c\'è un limite.')).toBeFocused();
  await form.alert('Controlla un campo').getByRole('link').click();
  await expect(form.form.getByRole('group', { name: 'Giorni della settimana' })).toBeFocused();
});

test('limits that somebody else has set meanwhile are shown beside those typed (R43)', async ({ page, desk, watch }) => {
  const { id } = await desk.dossier();
  const form = new LimitsForm(page);
  await form.open(id);
  await desk.limit(id, { max_day: '3' });
  await form.field('Ore al giorno').fill('5');
  watch.expect(/^\/api\/person\/set_limits$/, 409);
  await form.save.click();
  await expect(form.alert('Ore al giorno: da «3 h» a «5 h»')).toBeVisible();
  await expect(form.field('Ore al giorno')).toHaveValue('5');
  await form.page.getByRole('button', { name: 'Aggiorna' }).click();
  await expect(form.field('Ore al giorno')).toHaveValue('3');
});

test('the form of a session names the limits, shades the week and asks to confirm what passes them (R30)', async ({ page, desk }) => {
  const id = await limited(desk);
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await expect(page.getByText(LINE)).toBeVisible();
  await form.fill({ coach: COACH, on: TUESDAY, from: '09:00', to: '13:30' }, "Presso l'azienda");
  await expect(form.warned('R30', 'martedì')).toBeVisible();
  await expect(form.warned('R30', '13:00')).toBeVisible();
  await expect(form.warned('R30', '3 h')).toBeVisible();
  const week = page.getByRole('list', { name: 'Impegni della settimana' });
  await expect(week).toContainText('Orario della persona: dalle 09:00 alle 13:00');
  await expect(week.getByRole('listitem').filter({ hasText: 'non tra i giorni della persona' })).toHaveCount(3);
  await expect(form.day(TUESDAY)).toHaveAccessibleName(/dicembre, non tra i giorni della persona$/);
  await fits(page);
  // A suggestion brings no warning that is not there already.
  await form.fill({ on: MONDAY, from: '09:00', to: '12:00' });
  await expect(form.findings).toHaveCount(0);
  await form.fill({ on: TUESDAY });
  await expect(form.warned('R30', 'martedì')).toBeVisible();
  await form.submit.click();
  await form.warnings.isOpen();
  await expect(form.warnings.findings(/R30/)).toHaveCount(1);
  await form.warnings.button('Conferma e invia').click();
  const activity = new ActivityScreen(page);
  await activity.isThere(TRAINING);
  await expect(page.getByText(LINE)).toBeVisible();
  await activity.session({ on: TUESDAY, from: '09:00', to: '12:00' }).edit.click();
  await form.isThere("Modifica l'erogazione");
  await expect(page.getByText(LINE)).toBeVisible();
  await expect(form.warned('R30', 'martedì')).toBeVisible();
});

test('the preview of a series and that of Programma tell what passes the limits (R30)', async ({ page, desk }) => {
  const id = await limited(desk);
  const series = new SeriesForm(page);
  await series.openNew(id, TRAINING);
  await expect(page.getByText(LINE)).toBeVisible();
  await series.fill({ coach: COACH, days: ['lunedì'], from: '09:00', to: '12:30', first: MONDAY });
  await expect(series.row(MONDAY).root).toContainText('R30');

  for (const on of [MONDAY, TUESDAY]) await desk.enter(id, TRAINING, { coach: COACH, on, from: '09:00', to: '12:00' });
  const [activity, bulk] = [new ActivityScreen(page), new BulkChoice(page)];
  await activity.open(id, TRAINING);
  await bulk.all.check();
  await bulk.schedule.click();
  const dialog = activity.dialog('Programma le erogazioni');
  await dialog.isOpen();
  await expect(dialog.findings(/martedì.*R30/)).toBeVisible();
});

test.describe('a coach', () => {
  test.use({ as: 'coach' });

  test('delivers without being told what the person can sustain (R30)', async ({ page, desk }) => {
    const id = await limited(desk);
    await desk.enter(id, TRAINING, { coach: 'Marco Furlan', on: MONDAY, from: '09:00', to: '10:00' });
    const activity = new ActivityScreen(page);
    await activity.open(id, TRAINING);
    await expect(page.getByText('Limiti della persona')).toHaveCount(0);
  });
});
