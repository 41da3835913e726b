// Worklists: late sessions brought to their end together, what dossiers lack, the two plots.
import { expectAccessible } from '../../fixtures/axe.ts';
import { Desk } from '../../fixtures/desk.ts';
import { type Server } from '../../fixtures/server.ts';
import { expect, test } from '../../fixtures/test.ts';
import { RegulariseScreen } from '../../pages/regularise.ts';
import { Screen } from '../../pages/screen.ts';
import { expectWholeAccessible } from '../../pages/series.ts';

const INTERVIEWS = 'exploratory_interviews';
const COACH = 'Chiara Bortolin';
const [FIRST, SECOND, THIRD] = [
  { coach: COACH, on: '2026-12-14', from: '09:00', to: '10:30' },
  { coach: COACH, on: '2026-12-15', from: '09:00', to: '11:00' },
  { coach: COACH, on: '2026-12-16', from: '09:00', to: '10:00' },
];

test.use({ ownServer: true });

/** Three *inserite* of last week, half an hour too long together; and somebody at work by today's clock. */
async function lastWeek(server: Server, desk: Desk): Promise<{ id: string; desk: Desk }> {
  const { id } = await desk.dossier();
  for (const slot of [FIRST, SECOND, THIRD]) await desk.enter(id, INTERVIEWS, slot);
  await server.clock('2026-12-18T10:00');
  return { id, desk };
}

async function fitsTheScreen(screen: Screen): Promise<void> {
  const wide = await screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
}

test('late sessions are programmed, started and concluded together with the keyboard; what the rules refuse stays (R19, R31)', async ({ page, server, desk }) => {
  await lastWeek(server, desk);
  const screen = new RegulariseScreen(page);
  await screen.visit('/', 'Cruscotto');
  const panel = screen.region(/^Da regolarizzare/);
  await expect(panel.getByRole('heading')).toHaveText('Da regolarizzare 3');
  await panel.getByRole('link', { name: 'Regolarizzale insieme' }).focus();
  await page.keyboard.press('Enter');
  await screen.arrived('Da regolarizzare');
  await fitsTheScreen(screen);

  await screen.all('Programma').focus();
  await page.keyboard.press('Space');
  await expect(screen.box(SECOND)).toBeChecked();
  await expect(screen.bar.getByRole('status')).toHaveText('3 erogazioni · 4 h 30 min');
  await expectWholeAccessible(page);
  await screen.button('Programma').focus();
  await page.keyboard.press('Enter');
  const programma = await screen.preview('Programma');
  await programma.has(2, 1);
  await expect(programma.left).toContainText(/mer 16 dic 2026, 09:00-10:00.*Ore concordate superate di 30 min.*\(R19\)/);
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await expect(programma.dialog.button('Programma 2 erogazioni')).toBeFocused();
  await page.keyboard.press('Enter');
  await screen.says('2 erogazioni programmate.');
  await expect(screen.row(FIRST)).toContainText('Programmata');
  await expect(screen.row(FIRST), 'the first of those that changed').toBeFocused();
  await expect(screen.row(THIRD)).toContainText('Inserita');

  const avvia = await screen.ask('Avvia');
  await avvia.has(2, 0);
  await expect(avvia.root).toContainText("Un'altra di quelle scelte è a un passo diverso");
  await avvia.confirm('Avvia', 2);
  await expect(screen.row(SECOND)).toContainText('Avviata');

  const concludi = await screen.ask('Concludi');
  await concludi.dialog.button('Concludi 2 erogazioni').click();
  await expect(concludi.description(FIRST)).toBeFocused();
  await expect(concludi.description(FIRST)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await concludi.description(FIRST).fill('Colloquio sulle aspettative.');
  await concludi.forAll.fill('Colloquio in azienda.');
  await concludi.root.getByRole('button', { name: 'Copia dove manca' }).click();
  await expect(concludi.description(FIRST)).toHaveValue('Colloquio sulle aspettative.');
  await expect(concludi.description(SECOND)).toHaveValue('Colloquio in azienda.');
  await concludi.dialog.back.click();
  await concludi.dialog.isClosed();
  const again = await screen.ask('Concludi');
  await expect(again.description(SECOND), 'what was typed is kept').toHaveValue('Colloquio in azienda.');
  await fitsTheScreen(screen);
  await again.confirm('Concludi', 2);
  await screen.says('2 erogazioni concluse.');
  await expect(screen.row(FIRST)).toHaveCount(0);
  await expect(page.getByText('1 erogazione ancora da portare a termine')).toBeVisible();
});

test('what changed meanwhile is told and the rest is done', async ({ page, server, desk }) => {
  const { id } = await lastWeek(server, desk);
  const screen = new RegulariseScreen(page);
  await screen.open();
  await screen.box(FIRST).check();
  await screen.box(THIRD).check();
  const programma = await screen.ask('Programma');
  await programma.has(2, 0);
  await desk.stepAt(id, INTERVIEWS, FIRST, 'schedule');
  await programma.dialog.button('Programma 2 erogazioni').click();
  await expect(programma.root).toContainText('1 erogazione programmata. Per le altre qualcosa è cambiato nel frattempo.');
  await expect(programma.left).toContainText(/lun 14 dic 2026.*Nel frattempo è cambiata: ora Stato è «Programmata»/);
  await expectAccessible(page);
  await programma.dialog.confirm('Ho capito');
  await expect(screen.row(FIRST)).toContainText('Programmata');
  await expect(screen.row(THIRD)).toContainText('Programmata');
});

test('the dashboard draws hours by week and dossiers by state, with a table beside each', async ({ page, desk }) => {
  const screen = new Screen(page);
  const { id } = await desk.dossier();
  await desk.deliver(id, INTERVIEWS, desk.thisMorning());
  await screen.visit('/', 'Cruscotto');
  await fitsTheScreen(screen);
  const hours = screen.region('Ore erogate e programmate');
  await expect(hours.getByRole('img', { name: /^Ore erogate e programmate per settimana/ })).toBeVisible();
  const weeks = hours.getByRole('table', { name: /^Ore per settimana/ });
  await expect(weeks.getByRole('row')).toHaveCount(13);
  await expect(weeks.getByRole('row', { name: /in corso/ })).toContainText('15 min');
  const states = screen.region('Fascicoli per stato');
  await expect(states.getByRole('img', { name: /^Fascicoli per stato/ })).toBeVisible();
  await expect(states.getByRole('rowheader')).toHaveText(['In corso', 'Concluso', 'Interrotto', 'Chiuso per scadenza', 'Sola lettura', 'In tutto']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);

  const lacking = screen.region(/^Manca qualcosa/).getByRole('listitem').filter({ hasText: 'Voucher in scadenza' });
  await expect(lacking.first()).toContainText(/giorni/);
  await lacking.first().getByRole('link').click();
  await expect(page).toHaveURL(/\/dossier\//);
});

test('all dossiers that lack something are on a page of their own, found by keyboard, page after page', async ({ page, desk, watch }) => {
  // Each lacks its report (R35).
  for (let n = 0; n < 4; n++) await desk.dossier().then(({ id }) => desk.interrupt(id, 'Ha trovato lavoro in un altro comune.'));
  const screen = new Screen(page);
  await screen.visit('/', 'Cruscotto');
  const panel = screen.region(/^Manca qualcosa/);
  const total = Number(/\d+/.exec(await panel.getByRole('heading').innerText())?.[0]);
  expect(total, 'more than the dashboard shows').toBeGreaterThan(8);
  const first = await panel.getByRole('listitem').first().innerText();

  // The first answer does not come, the second is cut short as if more followed.
  let asked = 0;
  watch.expect(/^\/api\/agenda\/lacking$/, 500);
  await page.route('**/api/agenda/lacking', async (route) => {
    asked += 1;
    if (asked === 1) return route.fulfill({ status: 500, contentType: 'application/json', body: '"unavailable"' });
    const answer = await route.fetch();
    const data = (await answer.json()) as { page: { rows: object[]; next: string | null } };
    if (asked === 2) data.page = { ...data.page, rows: data.page.rows.slice(0, 3), next: 'more' };
    await route.fulfill({ response: answer, json: data });
  });
  await panel.getByRole('link', { name: 'Vedi tutti i fascicoli' }).focus();
  await page.keyboard.press('Enter');
  await screen.arrived('Manca qualcosa');
  await page.getByRole('button', { name: 'Riprova' }).focus();
  await page.keyboard.press('Enter');

  const rows = page.getByRole('table', { name: 'Fascicoli a cui manca qualcosa, dai più urgenti' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(rows).toHaveCount(3);
  await expect(page.getByText(`Mostrati 3 di ${total}`)).toBeVisible();
  expect(first).toContain(await rows.first().getByRole('link').innerText());
  await page.getByRole('button', { name: 'Carica altri' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Mostrati ${total} di ${total}`)).toBeVisible();
  await expect(rows, 'each dossier once').toHaveCount(total);
  await expect(page.getByRole('button', { name: 'Carica altri' })).toHaveCount(0);
  await expect(rows.filter({ hasText: 'Allenamento e affiancamento: 43 h di 44 h' })).toHaveCount(1);
  await expectAccessible(page);
  await fitsTheScreen(screen);
  await rows.first().getByRole('link').click();
  await expect(page).toHaveURL(/\/dossier\//);
});

test('with nothing lacking the page says so', async ({ page, server }) => {
  // Every dossier of the demonstration is read-only by then.
  await server.clock('2029-01-10T10:00');
  const screen = new Screen(page);
  await screen.visit('/manca-qualcosa', 'Manca qualcosa');
  await expect(page.getByText('Non manca niente')).toBeVisible();
  await page.getByRole('link', { name: 'Vai al cruscotto' }).click();
  await screen.arrived('Cruscotto');
});

test('with nothing late the page says so', async ({ page, server }) => {
  await server.clock('2027-01-11T10:00');
  const screen = new RegulariseScreen(page);
  await screen.open();
  await expect(page.getByText('Niente da regolarizzare')).toBeVisible();
  await page.getByRole('link', { name: 'Vai al cruscotto' }).click();
  await screen.arrived('Cruscotto');
});

test.describe('for a coach', () => {
  test.use({ as: 'coach' });

  test('only its own late sessions are there, and only what a coach may do is offered', async ({ page }) => {
    const screen = new RegulariseScreen(page);
    await screen.open();
    await expect(screen.all('Programma')).toHaveCount(0);
    await screen.all('Avvia').check();
    await screen.all('Concludi').check();
    await expect(screen.button('Programma')).toHaveCount(0);
    const avvia = await screen.ask('Avvia');
    await avvia.has(1, 0);
    await avvia.confirm('Avvia', 1);
    await screen.says('1 erogazione avviata.');
  });
});
