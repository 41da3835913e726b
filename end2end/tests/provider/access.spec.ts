// Who gets in, and what each one sees (R2, R13).
import { randomUUID } from 'node:crypto';
import { Desk, OWN_COACH } from '../../fixtures/desk.ts';
import { PASSWORD } from '../../fixtures/server.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen, PoliciesScreen } from '../../pages/policies.ts';
import { RequestsScreen } from '../../pages/requests.ts';
import { Screen } from '../../pages/screen.ts';
import { SignInScreen } from '../../pages/sign-in.ts';

const NOT_FOUND = 'Pagina non trovata';

test.describe('without a sign-in', () => {
  test.use({ as: null });

  test('every page leads to /accedi', async ({ page }) => {
    const [id, session] = [randomUUID(), randomUUID()];
    const activity = `/dossier/${id}/attivita/coaching_plan`;
    const signIn = new SignInScreen(page);
    for (const path of ['/', '/richieste', `/richieste/${id}`, `/richieste/${id}/profilo`, '/politiche-attive', `/dossier/${id}`, activity, `${activity}/erogazioni/nuova`, `${activity}/erogazioni/${session}`]) {
      await signIn.visit(path);
      const address = new URL(page.url());
      expect(address.searchParams.get('ritorno') ?? '/').toBe(path);
    }
  });

  test('after signing in one is where one wanted to be', async ({ page }) => {
    const signIn = new SignInScreen(page);
    const list = new RequestsScreen(page);
    await signIn.visit('/richieste?states=pending&within=3');
    await signIn.signIn('operatore');
    await list.isThere();
    await expect(page).toHaveURL(/\/richieste\?states=pending&within=3$/);
    await expect(list.field('Scade entro giorni')).toHaveValue('3');
  });

  test('nobody is led to another site after signing in', async ({ page, baseURL }) => {
    const signIn = new SignInScreen(page);
    await signIn.visit('/accedi?ritorno=//example.org/richieste');
    await signIn.signIn('operatore');
    await new Screen(page).arrived('Cruscotto');
    expect(page.url()).toBe(`${baseURL}/`);
  });

  test('a wrong password and an unknown name are told in the same words', async ({ page }) => {
    const signIn = new SignInScreen(page);
    await signIn.visit();
    await signIn.signIn('nessuno', 'sbagliata');
    await expect(signIn.alert).toContainText('Nome utente o password non corretti');
    const words = await signIn.alert.innerText();
    await expect(page.getByLabel('Nome utente')).toHaveValue('nessuno');
    await signIn.signIn('responsabile', 'sbagliata');
    await expect(signIn.button).toBeEnabled();
    await expect(signIn.alert).toHaveText(words);
    await expect(page).toHaveURL(/\/accedi$/);
  });

  test('signing out ends the sign-in, also for a page kept open', async ({ page, context }) => {
    const signIn = new SignInScreen(page);
    await signIn.visit('/richieste');
    await signIn.signIn('operatore');
    const list = new RequestsScreen(page);
    await list.isThere();
    const kept = new RequestsScreen(await context.newPage());
    await kept.open();
    await list.signOut();
    await page.goto('/richieste');
    await signIn.arrived();
    await kept.search({ opal: 'JC' });
    await expect(kept.page.getByText("L'accesso è scaduto")).toBeVisible();
    await kept.page.getByRole('button', { name: 'Accedi' }).click();
    await new SignInScreen(kept.page).arrived();
  });

  test.describe('', () => {
    test.use({ ownServer: true });

    test('five wrong passwords in a row lock the account, for the right one too', async ({ page }) => {
      const signIn = new SignInScreen(page);
      await signIn.visit();
      for (const attempt of [1, 2, 3, 4, 5]) {
        await signIn.signIn('operatore', `sbagliata ${attempt}`);
        await expect(signIn.alert).toBeVisible();
        await expect(signIn.button).toBeEnabled();
      }
      await signIn.signIn('operatore', PASSWORD);
      await expect(signIn.button).toBeEnabled();
      await expect(signIn.alert).toContainText('si blocca per 15 minuti');
      await expect(page).toHaveURL(/\/accedi$/);
      // Others are not locked out with it.
      await signIn.signIn('responsabile');
      await new Screen(page).arrived('Cruscotto');
    });
  });
});

test.describe('an operator', () => {
  test('finds nothing at the address of a request of another site, or of none', async ({ page, server, watch }) => {
    const administrator = await Desk.of(server, 'responsabile');
    const [elsewhere] = await administrator.requests({ site: 'E001-VE' });
    await administrator.leave();
    expect(elsewhere?.site_code).toBe('E001-VE');
    watch.expect(/^\/(richieste|dossier|qualcosa)/, 404);
    const screen = new Screen(page);
    for (const path of [`/richieste/${elsewhere?.id}`, `/richieste/${elsewhere?.id}/profilo`, `/dossier/${elsewhere?.id}`, `/richieste/${randomUUID()}`, '/richieste/qualcosa', '/qualcosa']) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      await screen.arrived(NOT_FOUND);
    }
    await page.getByRole('link', { name: 'Vai al cruscotto' }).click();
    await screen.arrived('Cruscotto');
  });

  test('sees only the requests of its own site', async ({ page, desk }) => {
    const list = new RequestsScreen(page);
    await list.open();
    for (const row of await list.rows.all()) await expect(row).toContainText('Padova');
    expect(new Set((await desk.requests()).map((row) => row.site_code))).toEqual(new Set(['E001-PD']));
  });
});

test.describe('a coach', () => {
  test.use({ as: 'coach' });

  test('has no requests, only its own sessions, and cannot plan', async ({ page, server, watch }) => {
    const policies = new PoliciesScreen(page);
    const activity = new ActivityScreen(page);
    await policies.visit('/', 'Cruscotto');
    await expect(page.getByRole('link', { name: 'Richieste attivazione servizi', includeHidden: true })).toHaveCount(0);
    await expect(policies.region(/^Da decidere/)).toHaveCount(0);

    const office = await Desk.of(server);
    const mixed = (await office.requests({ opal_code: 'JC-2026-110252', states: 'admitted' }))[0];
    const others = (await office.requests({ opal_code: 'JC-2026-110104', states: 'admitted' }))[0];
    if (!mixed || !others) throw new Error('the demonstration has both dossiers');
    await office.leave();

    // Two of its own sessions, and those of a colleague in another activity.
    await activity.open(mixed.id, 'context_analysis');
    await expect(activity.region('Erogazioni').getByRole('listitem')).toHaveCount(2);
    await expect(activity.region('Erogazioni').getByRole('button', { name: /^Concludi erogazione/ })).toHaveCount(1);
    await expect(activity.enter).toHaveCount(0);
    await expect(activity.close).toHaveCount(0);
    await activity.open(mixed.id, 'exploratory_interviews');
    await expect(page.getByText('Nessuna erogazione')).toBeVisible();

    watch.expect(/^\/(richieste|dossier)/, 404);
    watch.expect(/^\/(richieste|dossier)/, 403);
    for (const path of [`/dossier/${others.id}`, `/richieste/${mixed.id}`]) {
      expect((await page.goto(path))?.status(), path).toBe(404);
      await activity.arrived(NOT_FOUND);
    }
    await page.goto('/richieste');
    await expect(page.getByRole('row')).toHaveCount(0);
  });

  test('concludes a session of its own', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    const slot = { coach: OWN_COACH, on: '2026-11-23', from: '07:30', to: '07:45' };
    await desk.schedule(id, 'on_the_job_training', slot);
    const activity = new ActivityScreen(page);
    await activity.open(id, 'on_the_job_training');
    await (await activity.session(slot).ask('Avvia')).confirm('Avvia');
    const dialog = await activity.session(slot).ask('Concludi erogazione');
    await dialog.root.getByRole('textbox', { name: /Breve descrizione/ }).fill('Affiancamento alla postazione.');
    await dialog.confirm('Concludi erogazione');
    await activity.session(slot).is('Erogata');
  });
});

test.describe('the administrator of the system', () => {
  test.use({ as: 'sistema' });

  test('finds the way to the rules on the dashboard, and no data of persons', async ({ page, desk, watch }) => {
    const screen = new Screen(page);
    await screen.visit('/', 'Cruscotto');
    await expect(screen.region('Regole').getByRole('link', { name: 'Vedi le regole' })).toBeVisible();
    await expect(page.getByRole('link', { name: /Richieste attivazione servizi|Gestione politiche attive/, includeHidden: true })).toHaveCount(0);
    const [request] = await desk.requests({ states: 'admitted' });
    watch.expect(/^\/(richieste|dossier|politiche)/, 404);
    watch.expect(/^\/(richieste|dossier|politiche)/, 403);
    for (const path of [`/richieste/${request?.id}`, `/dossier/${request?.id}`]) {
      expect((await page.goto(path))?.status(), path).toBe(404);
      await screen.arrived(NOT_FOUND);
    }
    for (const path of ['/richieste', '/politiche-attive']) {
      await page.goto(path);
      await expect(page.getByRole('row')).toHaveCount(0);
      await expect(page.getByText(/JC-2026-/)).toHaveCount(0);
    }
  });
});
