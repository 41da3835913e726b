// Cruscotto: what needs me today, and the way to it.
import { OWN_COACH } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen } from '../../pages/policies.ts';
import { RequestScreen, RequestsScreen } from '../../pages/requests.ts';
import { Screen } from '../../pages/screen.ts';

const OWN = { ownServer: true };

test('Da decidere lists the requests that end first and links to them', async ({ page, desk }) => {
  const pending = await desk.requests({ states: 'pending' });
  const screen = new Screen(page);
  await screen.visit('/', 'Cruscotto');
  await expect(page.getByText('Oggi, lunedì 23 novembre 2026')).toBeVisible();
  const panel = screen.region(/^Da decidere/);
  await expect(panel.getByRole('heading')).toHaveText(/^Da decidere \d+$/);
  const items = panel.getByRole('listitem');
  await expect(items).toHaveCount(8);
  await expect(items).toContainText(pending.slice(0, 8).map((row) => row.opal_code));
  await expect(items.first()).toContainText('ultimo giorno');
  await items.first().getByRole('link').click();
  await new RequestScreen(page).isThere(pending[0]?.opal_code ?? '');

  await page.goBack();
  await screen.arrived('Cruscotto');
  await panel.getByRole('link', { name: 'Vedi tutte' }).click();
  const list = new RequestsScreen(page);
  await list.isThere();
  await expect(list.state('Approvata')).toBeChecked();
  await expect(page).toHaveURL(/states=pending/);
});

test.describe('with nothing else going on', () => {
  test.use(OWN);

  test('the other lists say what to start, conclude and regularise, and what dossiers lack', async ({ page }) => {
    const screen = new Screen(page);
    await screen.visit('/', 'Cruscotto');
    const today = screen.region(/^Da fare oggi/);
    await expect(today.getByRole('listitem').filter({ hasText: 'da concludere' }).filter({ hasText: '08:00-09:00' })).toHaveCount(1);
    await expect(today.getByRole('listitem').filter({ hasText: 'da avviare' })).toHaveCount(2);

    const late = screen.region(/^Da regolarizzare/);
    await expect(late.getByRole('listitem').filter({ hasText: /entro / })).toHaveCount(3);

    const lacking = screen.region(/^Manca qualcosa/);
    await expect(lacking.getByRole('listitem').filter({ hasText: 'JC-2026-110187' })).toContainText('Allenamento e affiancamento: 43 h di 44 h');
    await expect(lacking.getByRole('listitem').first()).toContainText('1 erogazione oltre il termine');

    await today.getByRole('listitem').filter({ hasText: 'da concludere' }).getByRole('link').click();
    const activity = new ActivityScreen(page);
    await activity.isThere('on_the_job_training');
    const slot = { on: '2026-11-23', from: '08:00', to: '09:00' };
    await activity.session(slot).is('Avviata');
    await expect(activity.session(slot).root).toBeInViewport();
    const dialog = await activity.session(slot).ask('Concludi erogazione');
    await dialog.root.getByRole('textbox', { name: /Breve descrizione/ }).fill('Affiancamento alla postazione.');
    await dialog.confirm('Concludi erogazione');
    await activity.session(slot).is('Erogata');
    await activity.choose('Cruscotto');
    await expect(today.getByRole('listitem').filter({ hasText: '08:00-09:00' })).toHaveCount(0);
  });
});

test.describe('for a coach', () => {
  test.use({ ...OWN, as: 'coach' });

  test('the lists hold its own sessions only', async ({ page }) => {
    const screen = new Screen(page);
    await screen.visit('/', 'Cruscotto');
    await expect(screen.region(/^Da decidere/)).toHaveCount(0);
    const items = screen.region(/^Da fare oggi/).getByRole('listitem');
    await expect(items).toHaveCount(2);
    for (const item of await items.all()) await expect(item).toContainText(OWN_COACH);
  });
});
