// Which providers are on the list (R40): the page of the system's administrator, and what a provider's own people are told.
import type { Page } from '@playwright/test';
import { long } from '../../fixtures/calendar.ts';
import { Desk } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ProviderScreen, ProvidersScreen } from '../../pages/providers.ts';
import { RequestScreen } from '../../pages/requests.ts';
import { Screen } from '../../pages/screen.ts';

const [TODAY, TOMORROW, LATER] = ['2026-11-23', '2026-11-24', '2026-12-10'];
const NAME = 'Cooperativa Passo a Passo';
const SUSPENDED = `L'ente è sospeso dall'elenco degli erogatori da ${long(TODAY)}`;

test.use({ ownServer: true });

async function fits(page: Page): Promise<void> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over), page.url()).toBeLessThanOrEqual(0);
}

test.describe('the administrator of the system', () => {
  test.use({ as: 'sistema' });

  test('suspends a provider from a day on and puts it back on the list, by keyboard alone (R40)', async ({ page }) => {
    const [providers, provider] = [new ProvidersScreen(page), new ProviderScreen(page)];
    await providers.visit('/', 'Cruscotto');
    await providers.choose('Enti');
    await expect(providers.row('E001')).toContainText('Attivo');
    await fits(page);
    await providers.row('E001').getByRole('link').focus();
    await page.keyboard.press('Enter');
    await provider.isThere(NAME);
    await expect(provider.periods).toHaveCount(1);
    await fits(page);

    await provider.change.focus();
    await page.keyboard.press('Enter');
    await expect(provider.alert('Scrivi il motivo: resta agli atti.')).toBeFocused();
    await provider.from.fill('2026-11-22');
    await provider.reason.fill('Verifica regionale');
    await provider.change.click();
    await expect(provider.from).toHaveAccessibleDescription(/è già passato: il cambio vale al più presto da oggi/);
    await provider.from.fill(TOMORROW);
    await provider.change.focus();
    await page.keyboard.press('Enter');
    const dialog = provider.dialog('Cambia stato');
    await dialog.isOpen();
    for (const fact of [NAME, 'Sospeso', long(TOMORROW), 'Verifica regionale', 'i fascicoli già aperti proseguono']) await expect(dialog.root).toContainText(fact);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.isClosed();
    await provider.says("Stato dell'ente registrato.");
    await expect(provider.periods).toHaveCount(2);
    await expect(provider.periods.first()).toContainText(`Sospeso${long(TOMORROW)}in corsoVerifica regionale`);
    await expect(page.getByText(`Oggi: Attivo`)).toBeVisible();

    await provider.standing.selectOption('Attivo');
    await provider.from.fill(LATER);
    await provider.reason.fill('Verifica conclusa');
    await provider.change.click();
    await dialog.confirm('Conferma');
    await expect(provider.periods).toHaveCount(3);
    await expect(provider.periods.nth(1)).toContainText(`Sospeso${long(TOMORROW)}${long('2026-12-09')}`);
    await providers.open();
    await expect(providers.row('E001')).toContainText(`${long(TOMORROW)}: sospeso`);
  });

  test('is told when somebody else has changed the standing meanwhile (R43)', async ({ page, server, watch }) => {
    const [providers, provider] = [new ProvidersScreen(page), new ProviderScreen(page)];
    await providers.open();
    await providers.row('E001').getByRole('link').click();
    await provider.isThere(NAME);
    const system = await Desk.of(server, 'sistema');
    await system.standing('E001', 'suspended', TODAY);
    await system.leave();
    await provider.reason.fill('Verifica regionale');
    await provider.change.click();
    watch.expect(/^\/api\/provider\/set_standing$/, 409);
    const dialog = provider.dialog('Cambia stato');
    await dialog.button('Conferma').click();
    await expect(dialog.root.getByRole('alert')).toContainText(`Stato: da «sospeso da ${long(TODAY)}» a «sospeso da ${long(TODAY)}»`);
  });
});

test('a suspended provider cannot admit any more, is told so, and goes on with what is under way (R40)', async ({ page, server, desk }) => {
  const { id: dossier } = await desk.dossier();
  const { id, opal_code: opal } = await desk.pending();
  const system = await Desk.of(server, 'sistema');
  await system.standing('E001', 'suspended', TODAY);
  await system.leave();
  const request = new RequestScreen(page);
  await request.open(id, opal);
  await expect(page.getByText(SUSPENDED)).toBeVisible();
  await expect(request.refuseButton).toBeVisible();
  await expect(request.admitButton).toHaveCount(0);
  await fits(page);
  const screen = new Screen(page);
  for (const [path, title] of [
    ['/', 'Cruscotto'],
    [`/dossier/${dossier}`, /^JC-/],
    [`/dossier/${dossier}/attivita/on_the_job_training`, 'Allenamento e affiancamento'],
  ] as const) {
    await screen.visit(path, title);
    await expect(page.getByText(SUSPENDED)).toBeVisible();
    await expect(page.getByText('R40 · avviso Job Coaching')).toBeVisible();
  }
  await desk.schedule(dossier, 'on_the_job_training', { coach: 'Chiara Bortolin', on: '2026-12-14', from: '09:00', to: '10:00' });
});

test('nobody else finds the page of the providers (R40)', async ({ page, desk, watch }) => {
  const screen = new Screen(page);
  await screen.visit('/', 'Cruscotto');
  await expect(screen.menu.getByRole('link', { name: 'Enti' })).toHaveCount(0);
  watch.expect(/^\/amministrazione\/enti$/, 404);
  expect((await page.goto('/amministrazione/enti'))?.status()).toBe(404);
  await screen.arrived('Pagina non trovata');
  expect(await desk.status('provider/list', { after: null })).toBe(404);
});
