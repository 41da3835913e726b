// Several inserite programmed at once, with the alert that names those that do not fit.
import { type Desk } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen } from '../../pages/policies.ts';
import { BulkChoice, expectWholeAccessible } from '../../pages/series.ts';

const INTERVIEWS = 'exploratory_interviews';
const COACH = 'Chiara Bortolin';
const [MONDAY, TUESDAY, WEDNESDAY] = [
  { coach: COACH, on: '2026-12-14', from: '09:00', to: '11:00' },
  { coach: 'Davide Schiavon', on: '2026-12-15', from: '09:00', to: '10:30' },
  { coach: COACH, on: '2026-12-16', from: '09:00', to: '10:00' },
];

test.use({ ownServer: true });

/** Of the four hours agreed, these want four and a half. */
async function threeEntered(desk: Desk): Promise<string> {
  const { id } = await desk.dossier();
  for (const slot of [MONDAY, TUESDAY, WEDNESDAY]) await desk.enter(id, INTERVIEWS, slot);
  return id;
}

test('all inserite are programmed at once, but for those beyond the agreed hours, which are named (R19)', async ({ page, desk }) => {
  const id = await threeEntered(desk);
  const activity = new ActivityScreen(page);
  const bulk = new BulkChoice(page);
  await activity.open(id, INTERVIEWS);
  await expect(bulk.bar).toHaveCount(0);
  await bulk.box(TUESDAY).check();
  await expect(bulk.bar.getByRole('status')).toHaveText('1 erogazione · 1 h 30 min');
  await expect(bulk.all).not.toBeChecked();
  await bulk.all.focus();
  await page.keyboard.press('Space');
  await expect(bulk.box(WEDNESDAY)).toBeChecked();
  await expect(bulk.bar.getByRole('status')).toHaveText('3 erogazioni · 4 h 30 min');
  await expectWholeAccessible(page);

  await bulk.schedule.click();
  const dialog = activity.dialog('Programma le erogazioni');
  await dialog.isOpen();
  await expectWholeAccessible(page);
  const left = dialog.root.getByRole('region', { name: 'Non rientrano' }).getByRole('listitem');
  await expect(left).toHaveText([/^mer 16 dic 2026, 09:00-10:00, 1 h: Ore concordate superate di 30 min: 4 h concordate, 3 h 30 min impegnate, 1 h richieste\..*\(R19\)$/]);
  await expect(dialog.root.getByRole('list', { name: 'Da programmare' }).getByRole('listitem')).toHaveText([/lun 14 dic 2026, 09:00-11:00/, /mar 15 dic 2026, 09:00-10:30/]);
  await dialog.confirm('Programma 2 erogazioni');
  await activity.says('2 erogazioni programmate.');
  await activity.session(MONDAY).is('Programmata');
  await activity.session(TUESDAY).is('Programmata');
  await activity.session(WEDNESDAY).is('Inserita');
  await expect(activity.session(MONDAY).root, 'the first of those that changed').toBeFocused();
  await expect(bulk.all, 'one alone has its own button').toHaveCount(0);
});

test('what changed meanwhile is told by the server, and nothing is programmed until it is confirmed anew', async ({ page, desk }) => {
  const id = await threeEntered(desk);
  const activity = new ActivityScreen(page);
  const bulk = new BulkChoice(page);
  await activity.open(id, INTERVIEWS);
  await bulk.box(MONDAY).check();
  await bulk.box(TUESDAY).check();
  await bulk.schedule.click();
  const dialog = activity.dialog('Programma le erogazioni');
  await dialog.isOpen();
  await expect(dialog.root.getByRole('region', { name: 'Non rientrano' })).toHaveCount(0);
  // One more hour is taken: the second one does not fit any more.
  await desk.schedule(id, INTERVIEWS, { ...WEDNESDAY, from: '11:00', to: '12:00' });
  await dialog.button('Programma 2 erogazioni').click();
  await expect(dialog.root.getByRole('alert')).toContainText('Nessuna erogazione è stata programmata');
  await expect(dialog.root.getByRole('region', { name: 'Non rientrano' }).getByRole('listitem')).toHaveText([/^mar 15 dic 2026.*\(R19\)$/]);
  await expectWholeAccessible(page);
  await dialog.confirm('Programma 1 erogazione');
  await activity.says('1 erogazione programmata.');
  await activity.session(MONDAY).is('Programmata');
  await activity.session(TUESDAY).is('Inserita');
});

test('when none fits the dialog only says so', async ({ page, desk }) => {
  const id = await threeEntered(desk);
  await desk.schedule(id, INTERVIEWS, { ...WEDNESDAY, from: '11:00', to: '15:00' });
  const activity = new ActivityScreen(page);
  const bulk = new BulkChoice(page);
  await activity.open(id, INTERVIEWS);
  await bulk.all.check();
  await bulk.schedule.click();
  const dialog = activity.dialog('Programma le erogazioni');
  await dialog.isOpen();
  await expect(dialog.root).toContainText('Nessuna delle erogazioni scelte può essere programmata.');
  await dialog.confirm('Ho capito');
  await activity.session(MONDAY).is('Inserita');
});
