// The whole path of an operator, from a pending request to an activity that is Terminata.
import { OWN_COACH } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen, DossierScreen, PoliciesScreen, SessionForm } from '../../pages/policies.ts';
import { RequestScreen, RequestsScreen } from '../../pages/requests.ts';
import { Screen } from '../../pages/screen.ts';
import { SignInScreen } from '../../pages/sign-in.ts';

const TRAINING = 'on_the_job_training';

test.use({ ownServer: true, as: null });

test('an operator takes a pending request to Terminata', async ({ page, server, desk }) => {
  test.slow();
  const requests = new RequestsScreen(page);
  const request = new RequestScreen(page);
  const policies = new PoliciesScreen(page);
  const dossier = new DossierScreen(page);
  const activity = new ActivityScreen(page);
  const form = new SessionForm(page);
  const { id, opal_code: opal } = await desk.pending({ plans: true });
  const planned = { coach: 'Chiara Bortolin', on: '2026-11-24', from: '09:00', to: '11:00' };
  const late = { coach: 'Francesca Marchetto', on: '2026-11-24', from: '14:00', to: '15:00' };

  await test.step('signs in', async () => {
    const signIn = new SignInScreen(page);
    await signIn.visit('/');
    await signIn.signIn('operatore');
    await new Screen(page).arrived('Cruscotto');
  });

  await test.step('finds the request in the list', async () => {
    await requests.choose('Richieste attivazione servizi');
    await requests.search({ states: ['Approvata'], opal });
    await expect(requests.rows).toHaveCount(1);
    await requests.icon(opal).click();
    await request.isThere(opal);
  });

  await test.step('admits it', async () => {
    await expect(page.getByRole('img', { name: /per decidere$/ })).toBeVisible();
    await request.admit();
    await request.isDecided();
  });

  await test.step('reaches the activity from the request and from Gestione politiche attive', async () => {
    await request.toDossier.click();
    await dossier.isThere(opal);
    await dossier.activity(TRAINING).click();
    await activity.isThere(TRAINING);
    const address = page.url();

    await activity.choose('Gestione politiche attive');
    await policies.find(opal);
    await policies.dossier(opal).getByRole('link', { name: 'Allenamento e affiancamento' }).click();
    await activity.isThere(TRAINING);
    expect(page.url()).toBe(address);
    await expect(activity.hours(/^Su 44 h concordate: erogate 0 h/)).toBeVisible();
    await expect(page.getByText('Da avviare', { exact: true })).toBeVisible();
  });

  await test.step('is told what is wrong while typing', async () => {
    await activity.enter.click();
    await form.isThere('Nuova erogazione');
    await form.fill({ ...planned, on: '2026-12-08' }, 'Presso Officine Brenta, Padova');
    await expect(form.blocked('R28', /mar 8 dic 2026 è festivo \(Immacolata/)).toBeVisible();
    await form.fill({ coach: OWN_COACH, on: planned.on, from: '10:00', to: '12:00' });
    await expect(form.blocked('R41', "L'operatore è già impegnato mar 24 nov 2026 dalle 09:00 alle 12:00")).toBeVisible();
    await form.fill({ from: '07:15' });
    await expect(form.blocked('R27', '07:15-12:00 esce dalla fascia 07:30-23:00')).toBeVisible();
  });

  await test.step('cannot send it, loses nothing of it, and corrects it', async () => {
    await form.submit.click();
    const summary = form.alert(/^Controlla/);
    await expect(summary).toBeFocused();
    await summary.getByRole('link', { name: /esce dalla fascia/ }).click();
    await expect(form.field('Ora inizio')).toBeFocused();
    await form.holds({ coach: OWN_COACH, on: planned.on, from: '07:15', to: '12:00' }, 'Presso Officine Brenta, Padova');
    await form.fill(planned);
    await expect(form.findings).toHaveCount(0);
    await form.submit.click();
    await activity.isThere(TRAINING);
    await activity.says('Erogazione inserita.');
    await activity.session(planned).is('Inserita');
    await expect(page.getByText('In corso', { exact: true }).first()).toBeVisible();
  });

  await test.step('Programma', async () => {
    const dialog = await activity.session(planned).ask('Programma');
    await expect(dialog.root).toContainText('mar 24 nov 2026');
    await expect(dialog.root).toContainText('09:00-11:00');
    await expect(dialog.root).toContainText('Chiara Bortolin');
    await expect(dialog.root).toContainText('non è più modificabile');
    await dialog.confirm('Programma');
    await activity.session(planned).is('Programmata');
    await expect(activity.session(planned).edit).toHaveCount(0);
    await expect(activity.hours(/avviate e programmate 2 h/)).toBeVisible();
  });

  await test.step('cannot start it the day before', async () => {
    await expect(activity.session(planned).button('Avvia')).toHaveCount(0);
    await expect(activity.session(planned).button('Chiudi negativamente')).toBeVisible();
  });

  await test.step('on the day: Avvia, Concludi erogazione', async () => {
    await server.clock('2026-11-24T16:30');
    await activity.open(id, TRAINING);
    await (await activity.session(planned).ask('Avvia')).confirm('Avvia');
    await activity.session(planned).is('Avviata');
    const dialog = await activity.session(planned).ask('Concludi erogazione');
    await dialog.button('Concludi erogazione').click();
    const description = dialog.root.getByRole('textbox', { name: "Breve descrizione dell'attività svolta" });
    await expect(dialog.root).toContainText('Scrivi una breve descrizione');
    await description.fill('Affiancamento alla postazione di montaggio.');
    await dialog.confirm('Concludi erogazione');
    await activity.session(planned).is('Erogata');
    await expect(activity.session(planned).root).toContainText('Affiancamento alla postazione di montaggio.');
    await expect(activity.session(planned).root.getByRole('button')).toHaveCount(0);
  });

  await test.step('a late entry wants one confirmation and is marked', async () => {
    await activity.enter.click();
    await form.isThere('Nuova erogazione');
    await form.fill(late, 'Presso Officine Brenta, Padova');
    await expect(form.warned('R24', 'Inserimento nel giorno stesso')).toBeVisible();
    await form.submit.click();
    await form.warnings.isOpen();
    await expect(form.warnings.findings('Sarà segnato come tardivo')).toBeVisible();
    await form.warnings.button('Conferma e invia').click();
    await activity.isThere(TRAINING);
    await expect(activity.session(late).root).toContainText('Inserimento nel giorno stesso');
  });

  await test.step('Concludi attività: Terminata, and nothing is offered any more', async () => {
    await activity.close.click();
    const dialog = activity.dialog('Concludi attività');
    await dialog.isOpen();
    await expect(dialog.root).toContainText('mar 24 nov 2026, 14:00-15:00: diventa «annullata»');
    await expect(dialog.root).toContainText('42 h concordate e non erogate andranno perse');
    await dialog.confirm('Procedi');
    await expect(page.getByText('Terminata', { exact: true })).toBeVisible();
    await activity.session(late).is('Annullata');
    await activity.offersNothing();
  });

  await test.step('the dossier tells all of it', async () => {
    await dossier.open(id, opal);
    await expect(dossier.history).toContainText('Registro integro');
    // Newest first.
    await expect(dossier.history.getByRole('listitem').filter({ has: page.getByRole('time') })).toContainText([
      'Attività conclusa',
      'Erogazione annullata',
      'Erogazione inserita',
      'Erogazione conclusa',
      'Erogazione avviata',
      'Erogazione programmata',
      'Erogazione inserita',
      'Ammissione al servizio',
      'Richiesta ricevuta dal CPI',
    ]);
    await expect(dossier.history).toContainText('Giulia Rossi');
  });
});
