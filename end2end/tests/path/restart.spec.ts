// A restart in the middle of the path loses nothing.
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen, DossierScreen, SessionForm } from '../../pages/policies.ts';
import { RequestScreen } from '../../pages/requests.ts';

const TRAINING = 'on_the_job_training';

test.use({ ownServer: true });

test('the server is restarted between any two steps of the path', async ({ page, server, desk, watch }) => {
  const { id, opal_code: opal } = await desk.pending({ plans: true });
  const slot = { coach: 'Chiara Bortolin', on: '2026-11-23', from: '08:00', to: '09:00' };
  const later = { coach: 'Chiara Bortolin', on: '2026-11-26', from: '09:00', to: '12:00' };
  const request = new RequestScreen(page);
  const activity = new ActivityScreen(page);
  const form = new SessionForm(page);
  const dossier = new DossierScreen(page);
  // What the page still loads, such as its icons, would find nobody.
  const restart = async () => {
    await page.waitForLoadState('networkidle');
    await watch.whileAway(() => server.restart());
  };

  await request.open(id, opal);
  await restart();
  // The page is still open, and the sign-in still holds.
  await request.admit();
  await restart();

  await form.openNew(id, TRAINING);
  await form.fill(slot, 'Presso Officine Brenta, Padova');
  await restart();
  await form.submit.click();
  await form.warnings.button('Conferma e invia').click();
  await activity.isThere(TRAINING);
  await desk.enter(id, TRAINING, later);
  await restart();

  await activity.open(id, TRAINING);
  await activity.session(later).is('Inserita');
  await (await activity.session(slot).ask('Programma')).confirm('Programma');
  await activity.session(slot).is('Programmata');
  await restart();
  await (await activity.session(slot).ask('Avvia')).confirm('Avvia');
  await activity.session(slot).is('Avviata');
  await restart();
  const dialog = await activity.session(slot).ask('Concludi erogazione');
  await dialog.root.getByRole('textbox', { name: /Breve descrizione/ }).fill('Affiancamento alla postazione.');
  await dialog.confirm('Concludi erogazione');
  await activity.session(slot).is('Erogata');
  await restart();

  await dossier.open(id, opal);
  await expect(dossier.history).toContainText('Registro integro');
  await expect(dossier.history.getByRole('listitem').filter({ has: page.getByRole('time') })).toContainText([
    'Erogazione conclusa',
    'Erogazione avviata',
    'Erogazione programmata',
    'Erogazione inserita',
    'Erogazione inserita',
    'Ammissione al servizio',
    'Richiesta ricevuta dal CPI',
  ]);
});

test('with the server away nothing typed is lost, and a repeat after it is back enters one session', async ({ page, server, desk, watch }) => {
  const { id } = await desk.dossier();
  const slot = { coach: 'Chiara Bortolin', on: '2026-11-26', from: '09:00', to: '12:00' };
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill(slot, 'Presso Officine Brenta, Padova');
  await expect(page.getByRole('list', { name: 'Ore con questa erogazione' })).toContainText('Operatore nel giorno 3 h di 8 h');
  await watch.whileAway(async () => {
    await server.pause(async () => {
      await form.submit.click();
      await expect(form.alert('Il sistema non risponde')).toBeVisible();
      await form.holds(slot, 'Presso Officine Brenta, Padova');
    });
  });
  await form.submit.click();
  const activity = new ActivityScreen(page);
  await activity.isThere(TRAINING);
  await expect(activity.session(slot).root).toHaveCount(1);
});
