// Every page, dialog and error as somebody meets them who uses a screen reader or no mouse. Each page object also checks its page when it arrives there.
import { expectAccessible } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DocumentsScreen, DraftScreen } from '../../pages/documents.ts';
import { ActivityScreen, DossierScreen, PoliciesScreen, SessionForm } from '../../pages/policies.ts';
import { RequestScreen, RequestsScreen } from '../../pages/requests.ts';
import { Screen } from '../../pages/screen.ts';
import { SignInScreen } from '../../pages/sign-in.ts';

const TRAINING = 'on_the_job_training';

test('pages of requests, with their dialogs and errors', async ({ page, desk, isMobile }) => {
  const { id, opal_code: opal } = await desk.pending({ plans: true });
  const list = new RequestsScreen(page);
  const request = new RequestScreen(page);

  await request.visit('/', 'Cruscotto');
  await request.userMenu.click();
  await expectAccessible(page);
  if (isMobile) {
    await page.getByRole('button', { name: 'Apri il menu' }).click();
    await expect(list.menu).toBeVisible();
    await expectAccessible(page);
  }

  await list.open();
  await list.more();
  await list.search({ taxCode: 'RSSMRA80A01H501X' });
  await expect(list.mask.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await list.open('?opal_code=JC-0000-000000');

  await request.open(id, opal);
  await request.admitButton.click();
  await request.dialog('Ammissione al servizio').isOpen();
  await expectAccessible(page);
  await request.dialog('Ammissione al servizio').back.click();
  await request.refuseButton.click();
  const refusal = request.dialog('Rifiuta la richiesta');
  await refusal.isOpen();
  await refusal.button('Rifiuta la richiesta').click();
  await expect(refusal.root.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await refusal.back.click();
  await request.admit();
  await request.isDecided();
  await expectAccessible(page);
  await request.profile.click();
  await request.arrived('Profilo del beneficiario');
});

test('pages of dossiers and sessions, with their dialogs and errors', async ({ page, desk, watch }) => {
  const row = await desk.dossier();
  const week = desk.week();
  const [entered, scheduled, started] = [
    { coach: week.coach, on: week.on('mon'), from: '09:00', to: '12:00' },
    { coach: week.coach, on: week.on('tue'), from: '09:00', to: '12:00' },
    desk.thisMorning(),
  ];
  await desk.deliver(row.id, TRAINING, desk.thisMorning());
  await desk.enter(row.id, TRAINING, entered);
  await desk.schedule(row.id, TRAINING, scheduled);
  await desk.step(row.id, TRAINING, await desk.schedule(row.id, TRAINING, started), 'start');
  const activity = new ActivityScreen(page);
  const form = new SessionForm(page);

  await new PoliciesScreen(page).open();
  await new DossierScreen(page).open(row.id, row.opal_code);
  await activity.open(row.id, TRAINING);
  for (const [slot, action] of [[entered, 'Programma'], [entered, 'Annulla'], [scheduled, 'Chiudi negativamente'], [started, 'Concludi erogazione']] as const) {
    const dialog = await activity.session(slot).ask(action);
    await expectAccessible(page);
    if (action === 'Concludi erogazione') {
      await dialog.button('Concludi erogazione').click();
      await expect(dialog.root).toContainText('Scrivi una breve descrizione');
      await expectAccessible(page);
    }
    await dialog.back.click();
    await dialog.isClosed();
  }

  await form.openNew(row.id, TRAINING);
  await form.fill({ coach: week.coach, on: week.on('mon'), from: '07:00', to: '12:10' });
  await expect(form.blocked('R41', 'La persona')).toBeVisible();
  await form.submit.click();
  await expect(form.alert(/^Controlla/)).toBeVisible();
  await expectAccessible(page);
  // Only the note is missing now: a warning.
  await form.fill({ on: week.on('thu'), from: '09:00', to: '12:00' });
  await expect(form.warned('R15', 'luogo')).toBeVisible();
  await form.submit.click();
  await form.warnings.isOpen();
  await expectAccessible(page);

  const concluded = (await desk.requests({ opal_code: 'JC-2026-110295', states: 'admitted' }))[0];
  await new DossierScreen(page).open(concluded?.id ?? '', 'JC-2026-110295');
  await activity.open(concluded?.id ?? '', TRAINING);
  await activity.offersNothing();
  watch.expect(/^\/nessuna$/, 404);
  await page.goto('/nessuna');
  await activity.arrived('Pagina non trovata');
});

test.describe('nobody signed in', () => {
  test.use({ as: null });

  test('the sign-in page, with its error', async ({ page }) => {
    const signIn = new SignInScreen(page);
    await signIn.visit();
    await signIn.signIn('nessuno', 'sbagliata');
    await expect(signIn.alert).toBeVisible();
    await expectAccessible(page);
  });
});

test('a dialog by keyboard: the focus goes in, stays in, and returns on Esc', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.pending({ plans: true });
  const request = new RequestScreen(page);
  await request.open(id, opal);
  await request.refuseButton.focus();
  await page.keyboard.press('Enter');
  const dialog = request.dialog('Rifiuta la richiesta');
  await dialog.isOpen();
  await page.keyboard.press('Tab');
  await expect(dialog.button('Rifiuta la richiesta')).toBeFocused();
  await page.keyboard.press('Escape');
  await dialog.isClosed();
  await expect(request.refuseButton).toBeFocused();

  await page.keyboard.press('Enter');
  await dialog.isOpen();
  await page.keyboard.press('Enter');
  await dialog.isClosed();
  await expect(request.refuseButton).toBeFocused();

  // To the end by keys alone.
  await page.keyboard.press('Enter');
  await dialog.isOpen();
  const [category, reason] = [dialog.root.getByRole('radio').first(), dialog.root.getByRole('textbox', { name: 'Motivazione' })];
  await page.keyboard.press('Shift+Tab');
  await expect(reason).toBeFocused();
  await page.keyboard.type('La sede è chiusa per lavori fino a marzo.');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await expect(dialog.root.getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(category).toBeVisible();
  for (const next of [reason, dialog.back, dialog.button('Rifiuta la richiesta')]) {
    await page.keyboard.press('Tab');
    await expect(next).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await request.isDecided();
  await expect(request.outcome).toContainText('Rifiutata');
});

test('the first stop of the keyboard leads past the menu to the content', async ({ page }) => {
  const screen = new Screen(page);
  await screen.visit('/', 'Cruscotto');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Vai al contenuto' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('nothing is wider than the screen, down to 320 pixels', async ({ page, desk, isMobile }) => {
  const { id } = await desk.dossier();
  if (isMobile) await page.setViewportSize({ width: 320, height: 700 });
  const [request, dossier, activity] = [`/richieste/${id}`, `/dossier/${id}`, `/dossier/${id}/attivita/${TRAINING}`];
  const fits = async () => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), page.url()).toBeLessThanOrEqual(0);
  };
  for (const path of [
    ...['/', '/richieste', request, `${request}/profilo`, `${request}/profilo/limiti`, '/politiche-attive', dossier, `${dossier}/documenti`],
    ...[activity, `${activity}/erogazioni/nuova`, `${activity}/erogazioni/serie`, '/agenda', '/agenda?vista=settimana', '/avvisi'],
    ...['/manca-qualcosa', '/da-regolarizzare', '/rendicontazione', '/regole', '/verifica'],
  ]) {
    await page.goto(path);
    await fits();
  }
  const documents = new DocumentsScreen(page);
  await documents.open(id);
  await documents.write('Piano di coaching');
  await new DraftScreen(page).isThere('Piano di coaching');
  await fits();
});
