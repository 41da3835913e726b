// While a session is typed: the hours that are left, and what instead of a time that the rules refuse.
import { expectAccessible } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { SessionForm } from '../../pages/policies.ts';

const TRAINING = 'on_the_job_training';
const INTERVIEWS = 'exploratory_interviews';
const PLACE = 'Presso Officine Brenta, Padova';
const COACH = 'Chiara Bortolin';
const MONDAY = '2026-12-14';
const TUESDAY = '2026-12-15';

test.use({ ownServer: true });

test('the hours left of the activity, the day, the week and the coach follow every key', async ({ page, desk }) => {
  const [{ id }, { id: elsewhere }] = [await desk.dossier(), await desk.dossier()];
  await desk.enter(id, TRAINING, { coach: COACH, on: MONDAY, from: '09:00', to: '12:00' });
  await desk.enter(elsewhere, TRAINING, { coach: COACH, on: TUESDAY, from: '14:00', to: '16:00' });
  const form = new SessionForm(page);
  const meters = page.getByRole('list', { name: 'Ore con questa erogazione' }).getByRole('listitem');
  const shows = (day: string, week: string, activity: string, coach: string) => expect(meters).toContainText([`Nel giorno ${day}`, `Nella settimana ${week}`, `Attività ${activity}`, `Operatore nel giorno ${coach}`]);
  await form.openNew(id, TRAINING);
  await form.fill({ coach: COACH, on: TUESDAY, from: '09:00', to: '11:00' }, PLACE);
  await shows('2 h di 8 h restano 6 h', '5 h di 40 h restano 35 h', '5 h di 44 h restano 39 h', '4 h di 8 h restano 4 h');
  await form.fill({ to: '12:30' });
  await shows('3 h 30 min di 8 h restano 4 h 30 min', '6 h 30 min di 40 h restano 33 h 30 min', '6 h 30 min di 44 h restano 37 h 30 min', '5 h 30 min di 8 h restano 2 h 30 min');
  await form.fill({ on: MONDAY, from: '12:00', to: '18:00' });
  await shows('9 h di 8 h 1 h in più', '9 h di 40 h restano 31 h', '9 h di 44 h restano 35 h', '9 h di 8 h 1 h in più');
  await expect(form.blocked('R26', /la persona arriverebbe a 9 h \(massimo 8 h\)/)).toBeVisible();
  await form.fill({ to: '17:00' });
  await shows('8 h di 8 h restano 0 h', '8 h di 40 h restano 32 h', '8 h di 44 h restano 36 h', '8 h di 8 h restano 0 h');
  await expect(form.findings).toHaveCount(0);
});

test('a refused time offers up to three others as buttons, and one of them fills the form', async ({ page, desk }) => {
  const [{ id }, { id: elsewhere }] = [await desk.dossier(), await desk.dossier()];
  await desk.enter(elsewhere, INTERVIEWS, { coach: COACH, on: TUESDAY, from: '10:00', to: '12:00' });
  const form = new SessionForm(page);
  const slots = form.region('Orari possibili').getByRole('button');
  await form.openNew(id, TRAINING);
  await form.fill({ coach: COACH, on: TUESDAY, from: '10:00', to: '12:00' }, PLACE);
  await expect(form.blocked('R41', "L'operatore è già impegnato")).toBeVisible();
  await expect(slots).toHaveCount(3);
  await expect(slots.first(), 'the same coach on the same day, as near as can be').toHaveText(/mar 15 dic 2026\s+(08:00-10:00|12:00-14:00)\s+Chiara Bortolin/);
  await expectAccessible(page);

  await test.step('by keyboard', async () => {
    await slots.first().focus();
    await page.keyboard.press('Tab');
    await expect(slots.nth(1)).toBeFocused();
    const chosen = await slots.nth(1).innerText();
    const [from = '', to = ''] = /(\d\d:\d\d)-(\d\d:\d\d)/.exec(chosen)?.slice(1) ?? [];
    await page.keyboard.press('Enter');
    await expect(form.field('Ora inizio')).toHaveValue(from);
    await expect(form.field('Ora fine')).toHaveValue(to);
    await expect(form.field('Note')).toHaveValue(PLACE);
    await expect(form.findings).toHaveCount(0);
    await expect(slots).toHaveCount(0);
  });

  await test.step('a holiday: the same time on the nearest day', async () => {
    await form.fill({ on: '2026-12-08', from: '10:00', to: '12:00' });
    await expect(form.blocked('R28', 'festivo')).toBeVisible();
    await expect(slots.first()).toHaveText(/mer 9 dic 2026\s+10:00-12:00/);
    await slots.first().click();
    await form.holds({ coach: COACH, on: '2026-12-09', from: '10:00', to: '12:00' }, PLACE);
    await expect(form.findings).toHaveCount(0);
  });

  await test.step('nothing is offered while a field is missing, or when no time would help', async () => {
    await form.fill({ on: '2026-12-08' });
    await expect(slots).toHaveCount(3);
    await form.field('Ora fine').fill('');
    await expect(slots).toHaveCount(0);
    await form.fill({ to: '19:00' });
    await expect(form.blocked('R26', /arriverebbe a 9 h/)).toBeVisible();
    await expect(slots).toHaveCount(0);
  });
});
