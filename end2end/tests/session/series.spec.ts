// Nuova serie: many hours in one go, previewed, adjusted, and entered all or none.
import { OWN_COACH } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen } from '../../pages/policies.ts';
import { SeriesForm, expectWholeAccessible } from '../../pages/series.ts';

const TRAINING = 'on_the_job_training';
const INTERVIEWS = 'exploratory_interviews';
const PLACE = 'Presso Officine Brenta, Padova';
const COACH = 'Chiara Bortolin';
/** Three times a week from December on: three of its days are holidays before the year ends, one right after. */
const WINTER = { coach: COACH, days: ['martedì', 'venerdì', 'sabato'], first: '2026-12-01', from: '09:00', to: '12:00' } as const;

// A series fills weeks of a coach.
test.use({ ownServer: true });

test('44 hours are entered in one go: holidays skipped, stopping at the agreed hours, one session moved and one dropped', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const activity = new ActivityScreen(page);
  const series = new SeriesForm(page);
  await activity.open(id, TRAINING);
  await page.getByRole('link', { name: 'Nuova serie', exact: true }).click();
  await series.isThere();
  await expect(series.preview).toContainText("Manca l'operatore");
  await expect(series.field('Dal giorno'), 'in time from tomorrow on').toHaveValue('2026-11-24');

  await test.step('the preview appears while typing', async () => {
    await series.fill(WINTER, PLACE);
    await expect(series.rows).toHaveCount(15);
    await expect(series.preview).toContainText('15 erogazioni per 44 h. Ore concordate raggiunte: 44 h.');
    await expect(series.count).toHaveText('15 erogazioni · 44 h di 44 h');
    await expect(series.leftOut.getByRole('listitem')).toContainText([/mar 8 dic 2026 è festivo/, /ven 25 dic 2026 è festivo/, /sab 26 dic 2026 è festivo/, /ven 1 gen 2027 è festivo/]);
    await expect(series.leftOut).toContainText('Giorni saltati: 4');
    await expect(series.row('2027-01-12').root, 'the last one is shortened').toContainText('2 h');
    await expectWholeAccessible(page);
  });

  await test.step('one is moved: a holiday is refused at once, and other times are offered', async () => {
    const row = series.row('2026-12-15');
    await row.moveTo({ on: '2026-12-08' });
    await expect(row.root).toContainText('mar 8 dic 2026 è festivo');
    await expect(series.count).toContainText('1 da sistemare');
    await expect(row.slots).toHaveCount(3);
    await expectWholeAccessible(page);
    await series.send.click();
    await expect(series.alert('1 erogazione da sistemare')).toBeVisible();
    await row.slots.filter({ hasText: 'mer 9 dic 2026, 09:00-12:00' }).press('Enter');
    await expect(row.root).toContainText('spostata dal mar 15 dic 2026');
    await expect(row.button('Sposta')).toBeFocused();
    await expect(row.mover).toHaveCount(0);
    await expect(series.count).toHaveText('15 erogazioni · 44 h di 44 h');
    await expect(series.alert('da sistemare')).toHaveCount(0);
  });

  await test.step('one is dropped: its hours come back only with Ricalcola', async () => {
    const row = series.row('2026-12-22');
    await row.button('Togli').click();
    await expect(row.button('Rimetti')).toBeFocused();
    await expect(series.count).toHaveText('14 erogazioni · 41 h di 44 h');
    await expect(series.preview).toContainText('Restano 3 h delle 44 h concordate');
    await series.replan.click();
    await expect(series.count).toHaveText('15 erogazioni · 44 h di 44 h');
    await expect(row.root).toContainText('Tolta dalla serie');
    await expect(series.row('2026-12-15').root).toContainText('mer 9 dic 2026');
    await expect(series.row('2027-01-15').root).toContainText('2 h');
  });

  await test.step('one confirmation enters them all', async () => {
    await series.send.click();
    const dialog = series.confirmation;
    await dialog.isOpen();
    await expectWholeAccessible(page);
    await expect(dialog.root).toContainText(COACH);
    await expect(dialog.root).toContainText('mar 1 dic 2026 - ven 15 gen 2027');
    await dialog.button('Inserisci 15 erogazioni').click();
    await activity.isThere(TRAINING);
    await activity.says('15 erogazioni inserite.');
    await expect(activity.hours(/inserite 44 h, libere 0 h/)).toBeVisible();
    await activity.session({ on: '2026-12-09', from: '09:00', to: '12:00' }).is('Inserita');
    await expect(activity.session({ on: '2026-12-09', from: '09:00', to: '12:00' }).root).toContainText(PLACE);
    await expect(activity.session({ on: '2026-12-22', from: '09:00', to: '12:00' }).root).toHaveCount(0);
  });
});

test('what somebody else took meanwhile is found by the server: nothing is entered, the row is marked, nothing typed is lost', async ({ page, desk }) => {
  const [{ id }, { id: elsewhere }] = [await desk.dossier(), await desk.dossier()];
  const series = new SeriesForm(page);
  const activity = new ActivityScreen(page);
  await series.openNew(id, INTERVIEWS);
  await series.fill({ ...WINTER, to: '10:00' }, PLACE);
  await expect(series.count).toHaveText('4 erogazioni · 4 h di 4 h');
  await desk.enter(elsewhere, INTERVIEWS, { coach: COACH, on: '2026-12-04', from: '09:30', to: '10:30' });
  await series.send.click();
  await series.confirmation.isOpen();
  await series.confirmation.button('Inserisci 4 erogazioni').click();
  await series.confirmation.isClosed();
  await expect(series.alert('Nessuna erogazione è stata inserita: 1 erogazione da sistemare')).toBeVisible();
  const row = series.row('2026-12-04');
  await expect(row.root).toContainText(/L'operatore è già impegnato ven 4 dic 2026 dalle 09:30 alle 10:30.*\(R41\)/);
  await expect(series.row('2026-12-05').root).toContainText('Va bene');
  await expect(series.field('Note')).toHaveValue(PLACE);
  await expect(row.root).toBeFocused();
  await expectWholeAccessible(page);

  await row.slots.first().click();
  await expect(series.count).toHaveText('4 erogazioni · 4 h di 4 h');
  await series.send.click();
  await series.confirmation.isOpen();
  await series.confirmation.button('Inserisci 4 erogazioni').click();
  await activity.isThere(INTERVIEWS);
  await activity.says('4 erogazioni inserite.');
  await expect(activity.hours(/inserite 4 h/)).toBeVisible();
});

test('the form starts from the habit of the last session, and says what is missing or impossible', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const series = new SeriesForm(page);

  await test.step('by keyboard alone, from nothing', async () => {
    await series.openNew(id, INTERVIEWS);
    await series.field('Ora inizio').focus();
    await page.keyboard.press('Enter');
    await expect(series.coach).toBeFocused();
    await expect(series.coach).toHaveAccessibleDescription(/Manca l'operatore/);
    await expect(series.weekdays).toHaveAccessibleDescription('Scegli almeno un giorno della settimana.');
    await expectWholeAccessible(page);
    // The first letter chooses.
    await page.keyboard.press(COACH[0] ?? '');
    await page.keyboard.press('Tab');
    await expect(series.day('lunedì')).toBeFocused();
    await page.keyboard.press('Space');
    await expect(series.weekdays).not.toHaveAccessibleDescription(/Scegli/);
  });

  await test.step('a pattern that no day allows', async () => {
    await series.fill({ coach: COACH, first: '2026-11-30', from: '07:00', to: '09:00' }, PLACE);
    await expect(series.preview).toContainText('non è possibile nessuna erogazione');
    await expect(series.preview.getByRole('listitem')).toContainText([/L'orario 07:00-09:00 esce dalla fascia/]);
    await expect(series.send).toHaveCount(0);
    await series.fill({ from: '19:00' });
    await expect(series.field('Ora fine')).toHaveAccessibleDescription(/L'ora di fine deve seguire/);
    await series.fill({ from: '08:00', first: '2025-01-07' });
    await expect(series.preview).toContainText("La data precede l'ammissione");
    await series.fill({ from: '09:00', to: '11:00', first: '2026-11-30' });
    await expect(series.count).toHaveText('2 erogazioni · 4 h di 4 h');
  });

  await test.step('the end of the voucher', async () => {
    const { valid_to } = await desk.frame(id);
    await series.openNew(id, TRAINING);
    await series.fill({ ...WINTER, days: ['martedì'], to: '09:15' }, '');
    await expect(series.preview).toContainText(/Fine del voucher, \w{3} \d+ \w{3} \d{4}: restano/);
    expect(valid_to >= '2027-04-01').toBe(true);
    // The place is missing everywhere: told once, with the number of sessions.
    await series.send.click();
    await series.confirmation.isOpen();
    await expect(series.confirmation.findings(/indicare il luogo nelle note\. Riguarda \d+ erogazioni\..*R15/)).toHaveCount(1);
    await series.confirmation.back.click();
  });

  await test.step('the habit', async () => {
    await desk.enter(id, TRAINING, { coach: COACH, on: '2026-12-14', from: '14:00', to: '16:30' }, PLACE);
    await desk.enter(id, TRAINING, { coach: COACH, on: '2026-12-16', from: '14:00', to: '16:30' }, PLACE);
    await series.openNew(id, TRAINING);
    await expect(series.coach.getByRole('option', { selected: true })).toHaveText(COACH);
    await expect(series.weekdays.getByRole('checkbox', { checked: true })).toHaveCount(2);
    await expect(series.day('mercoledì')).toBeChecked();
    await expect(series.field('Ora fine')).toHaveValue('16:30');
    await expect(series.field('Note')).toHaveValue(PLACE);
    await expect(series.preview, 'the two that are there already count').toContainText('39 h. Ore concordate raggiunte: 44 h.');
    await expect(series.leftOut).toContainText('lun 14 dic 2026');
  });

  await test.step('nothing is wider than the smallest screen', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    await series.row('2026-12-02').moveTo({ on: '2026-12-08' });
    await expect(series.row('2026-12-02').slots).toHaveCount(3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await expect(series.row('2026-12-02').button('Sposta')).toBeFocused();
    await expect(series.row('2026-12-02').root).toContainText('Va bene');
  });
});

test.describe('a coach', () => {
  test.use({ as: 'coach' });

  test('is offered no series, and its address says why', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    await desk.enter(id, TRAINING, { coach: OWN_COACH, on: '2026-12-14', from: '14:00', to: '16:30' });
    const activity = new ActivityScreen(page);
    const series = new SeriesForm(page);
    await activity.open(id, TRAINING);
    await expect(page.getByRole('link', { name: 'Nuova serie' })).toHaveCount(0);
    await series.openNew(id, TRAINING);
    await expect(page.getByText('Le erogazioni di questo fascicolo le inserisce chi lo gestisce nella sua sede.')).toBeVisible();
    await expect(series.form).toHaveCount(0);
  });
});
