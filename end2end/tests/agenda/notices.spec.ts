// Avvisi: the bell counts what is not read, and the page leads to what is to be done; by keyboard alone.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { NoticesScreen, RefusalsScreen } from '../../pages/notices.ts';
import { Screen } from '../../pages/screen.ts';

/** Every test marks or moves something that the others would see. */
test.use({ ownServer: true });

async function fits(page: Page): Promise<void> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over), page.url()).toBeLessThanOrEqual(0);
}

test('the bell leads to the notices, which are marked one by one or all at once, and rings again as days go by', async ({ page, server }) => {
  const notices = new NoticesScreen(page);
  await notices.visit('/', 'Cruscotto');
  const count = await notices.count();
  expect(count).toBeGreaterThan(3);
  await notices.bell.focus();
  await page.keyboard.press('Enter');
  await notices.isThere();
  await expect(notices.bell).toHaveAttribute('aria-current', 'page');
  await expect(page.getByText(`${count} non letti`).first()).toBeVisible();
  await fits(page);

  const row = notices.unread.first();
  const link = row.getByRole('link');
  const subject = (await link.textContent()) ?? '';
  await notices.markOf(row).focus();
  await page.keyboard.press('Enter');
  await notices.rings(count - 1);
  await expect(notices.unread).toHaveCount(Math.min(count, 50) - 1);
  await expect(page.getByRole('link', { name: subject, exact: true }).first()).toBeFocused();
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);

  await notices.readAll.focus();
  await page.keyboard.press('Enter');
  await notices.rings(0);
  await expect(notices.unread).toHaveCount(0);
  await expect(notices.readAll).toHaveCount(0);
  await expect(page.getByText('nessuno da leggere')).toBeVisible();
  await page.reload();
  await notices.isThere();
  await notices.rings(0);

  await server.clock('2026-11-24T10:00');
  await notices.choose('Cruscotto');
  const tomorrow = await notices.count();
  expect(tomorrow).toBeGreaterThan(0);
  await notices.bell.focus();
  await page.keyboard.press('Enter');
  await notices.isThere();
  await expect(notices.day('Oggi, mar 24 nov 2026').filter({ hasText: 'Non letto' })).toHaveCount(tomorrow);
});

test('a notice leads to the request that it is about, and is gone once it is decided', async ({ page, desk }) => {
  const last = (await desk.requests({ states: 'pending', within: '0' }))[0];
  if (!last) throw new Error('the demonstration has a request on its last day');
  const notices = new NoticesScreen(page);
  await notices.open();
  const row = notices.rows.filter({ hasText: last.opal_code });
  await expect(row).toContainText("Oggi è l'ultimo giorno per decidere");
  await row.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/richieste/${last.id}$`));
  await desk.admit(last.id);
  await notices.open();
  await expect(row).toHaveCount(0);
});

test.describe('for a coach', () => {
  test.use({ as: 'coach' });

  test('there are its own sessions only, and nothing once all is settled', async ({ page, server }) => {
    await server.clock('2026-11-24T10:00');
    const notices = new NoticesScreen(page);
    await notices.open();
    expect(await notices.rows.count()).toBeGreaterThan(0);
    for (const row of await notices.rows.all()) await expect(row).toContainText('Erogazione da regolarizzare');
    const link = notices.rows.first().getByRole('link');
    await link.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/dossier\/.*#erogazione-/);

    await server.clock('2029-01-02T10:00');
    await notices.open();
    await expect(page.getByText('Nessun avviso')).toBeVisible();
    await notices.rings(0);
    await fits(page);
  });
});

test.describe('refusals', () => {
  test.use({ as: 'responsabile' });

  test('are counted by provider and category, told to who looks over it, and narrowed to a period', async ({ page, server, desk }) => {
    const pending = await desk.pending();
    await desk.refuse(pending.id);
    // What a day has brought is told on the way of its clock.
    await server.clock('2026-11-23T10:05');
    const notices = new NoticesScreen(page);
    await notices.open();
    const told = notices.rows.filter({ hasText: 'Rifiuti' });
    await expect(told).toContainText('Una richiesta rifiutata lun 23 nov 2026.');
    await told.getByRole('link').focus();
    await page.keyboard.press('Enter');
    const refusals = new RefusalsScreen(page);
    await refusals.isThere();
    await expect(refusals.field('Dal')).toHaveValue('2026-11-23');
    const provider = (await page.getByRole('banner').locator('strong').textContent()) ?? '';
    const cells = refusals.provider(provider).getByRole('cell');
    await expect(cells.first()).toHaveText(/^0$/);
    await expect(cells.nth(1)).toHaveText(/^1$/);
    await expect(page.getByRole('table')).not.toContainText(pending.person.last);
    await fits(page);

    await refusals.field('Dal').fill('2026-11-24');
    await refusals.field('Al').focus();
    await refusals.show.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('La seconda data precede la prima: scambiale.').first()).toBeVisible();
    await expect(refusals.field('Dal')).toHaveValue('2026-11-24');
    await refusals.field('Al').fill('2026-11-30');
    await refusals.show.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Nessuna decisione in questo periodo')).toBeVisible();
    await expectAccessible(page);
    await refusals.choose('Rifiuti per ente');
    await expect(refusals.field('Dal')).toHaveValue('2026-01-01');
  });

  test('of every provider are read by the administrator of the system, and by nobody without that task', async ({ page, server, browser, watch }) => {
    const visitor = async (account: 'sistema' | 'operatore') => browser.newContext({ baseURL: server.baseURL, storageState: await server.signedIn(account) });
    const all = await visitor('sistema');
    const own = new RefusalsScreen(page);
    await own.open();
    const provider = (await page.getByRole('banner').locator('strong').textContent()) ?? '';
    const system = new RefusalsScreen(await all.newPage());
    await system.visit('/', 'Cruscotto');
    await system.choose('Rifiuti per ente');
    await expect(system.provider(provider)).toBeVisible();
    await all.close();

    const operator = await visitor('operatore');
    const screen = new Screen(await operator.newPage());
    const answer = await screen.page.goto('/rifiuti');
    expect(answer?.status()).toBe(404);
    await expect(screen.title('Pagina non trovata')).toBeVisible();
    await expect(screen.page.getByRole('link', { name: 'Rifiuti per ente', includeHidden: true })).toHaveCount(0);
    await operator.close();
    expect(watch.found).toEqual([]);
  });
});
