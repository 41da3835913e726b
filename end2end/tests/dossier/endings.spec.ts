// The dossier's whole life: where it stands, Interruzione, Cambio datore di lavoro, the end of the voucher.
import { long, plusDays } from '../../fixtures/calendar.ts';
import { OWN_COACH } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen, DossierScreen, PoliciesScreen, SessionForm } from '../../pages/policies.ts';

const TRAINING = 'on_the_job_training';
const REASON = 'Ha trovato lavoro in un altro comune.';

test('the page of a dossier says where it stands, on one line of time, with people and what the paper lacks', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.dossier();
  const slot = desk.thisMorning();
  await desk.deliver(id, TRAINING, slot);
  const dossier = new DossierScreen(page);
  await dossier.open(id, opal);
  await expect(dossier.region('Fascicolo')).toContainText('In corso');
  await expect(dossier.region('Fascicolo')).toContainText(/mancano \d+ giorni/);
  await expect(dossier.region('Nel tempo').getByRole('listitem')).toContainText(['Notifica', 'Ammissione', 'Scadenza del voucher', 'Sola lettura'], { useInnerText: true });
  await expect(dossier.region('Operatori')).toContainText(slot.coach);
  await expect(dossier.region('Documenti dovuti')).toContainText('1 erogazione senza firme');
});

test('a service is interrupted by keyboard: what is missing is told, its open sessions end with it, and nothing can be planned', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.dossier();
  const week = desk.week();
  const slot = { coach: week.coach, on: week.on('mon'), from: '09:00', to: '11:00' };
  await desk.schedule(id, TRAINING, slot);
  const dossier = new DossierScreen(page);
  await dossier.open(id, opal);
  await dossier.button('Interruzione').focus();
  await page.keyboard.press('Enter');
  const dialog = dossier.dialog('Interruzione');
  await dialog.isOpen();
  await expect(dialog.root).toContainText('1 programmata: diventa «chiusa negativamente»');
  await dialog.button('Interrompi il servizio').focus();
  await page.keyboard.press('Enter');
  await expect(dialog.root.getByRole('alert')).toContainText('Controlla 2 campi');
  await dialog.root.getByRole('combobox', { name: /Rapporto di lavoro/ }).focus();
  await page.keyboard.type('Dimissioni');
  await page.keyboard.press('Tab');
  await page.keyboard.type(REASON);
  await dialog.button('Interrompi il servizio').focus();
  await page.keyboard.press('Enter');
  await dialog.isClosed();
  await dossier.says('Interruzione registrata.');
  await expect(dossier.region('Fascicolo')).toContainText('Interrotto');
  await expect(page.getByText(REASON)).toBeVisible();
  await expect(dossier.region('Documenti dovuti')).toContainText("Relazione sull'insuccesso");
  await expect(dossier.button('Interruzione')).toBeDisabled();
  await expect(page.getByText('Il servizio è stato interrotto il lun 23 nov 2026: «Interruzione» non è più possibile.')).toBeVisible();

  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  await activity.session(slot).is('Chiusa negativamente');
  await expect(activity.enter).toHaveCount(0);
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await expect(page.getByText(/^Il servizio è stato interrotto il lun 23 nov 2026\. Fino al .* si possono ancora concludere le attività e caricare i documenti\. Non si possono più inserire erogazioni\.$/)).toBeVisible();
  await expect(form.submit).toHaveCount(0);
  await page.goto(`/dossier/${id}/attivita/${TRAINING}/erogazioni/serie`);
  await expect(page.getByText(/^Il servizio è stato interrotto il lun 23 nov 2026\./)).toBeVisible();
  await page.getByRole('link', { name: 'Vai al fascicolo' }).click();
  await dossier.isThere(opal);

  const policies = new PoliciesScreen(page);
  await policies.open();
  await expect(policies.dossier(opal)).toHaveCount(0);
  await policies.open('?concluded=1');
  await policies.find(opal);
});

test('the employer changes from a day on, by keyboard, and the first one stays in the list', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.dossier();
  const dossier = new DossierScreen(page);
  await dossier.open(id, opal);
  await dossier.button('Cambio datore di lavoro').press('Enter');
  const dialog = dossier.dialog('Cambio datore di lavoro');
  await dialog.isOpen();
  await dialog.root.getByRole('textbox', { name: /Partita IVA/ }).fill('00743110158');
  await dialog.button('Registra il cambio').press('Enter');
  await expect(dialog.root.getByRole('alert')).toContainText(/Controlla \d campi/);
  await expect(dialog.root.getByRole('textbox', { name: /Partita IVA/ })).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.root.getByRole('textbox', { name: /Partita IVA/ })).toHaveValue('00743110158');
  await dialog.root.getByLabel(/Nuovo datore di lavoro dal/).fill('2026-12-01');
  await dialog.root.getByRole('textbox', { name: /Ragione sociale/ }).fill('Molino di Sopra');
  await dialog.root.getByRole('textbox', { name: /Partita IVA/ }).fill('00743110157');
  await dialog.root.getByRole('textbox', { name: /Comune/ }).fill('Belluno');
  await dialog.root.getByRole('textbox', { name: /Referente/ }).fill('Ada Neri');
  await dialog.root.getByRole('textbox', { name: /Motivo/ }).fill(REASON);
  await dialog.button('Registra il cambio').press('Enter');
  await dialog.isClosed();
  await dossier.says('Cambio del datore di lavoro registrato.');
  const employers = dossier.region('Datore di lavoro').getByRole('listitem');
  await expect(employers).toHaveCount(2);
  await expect(employers.first()).toContainText('Molino di Sopra, Belluno');
  await expect(employers.first()).toContainText('dal mar 1 dic 2026');
  await expect(dossier.history).toContainText('Cambio del datore di lavoro');
});

test.describe('a coach', () => {
  test.use({ as: 'coach' });

  test('sees that a service was interrupted and not why, and changes nothing', async ({ page, desk }) => {
    const { id, opal_code: opal } = await desk.dossier();
    await desk.enter(id, TRAINING, { coach: OWN_COACH, on: '2026-12-15', from: '07:30', to: '08:00' });
    await desk.interrupt(id, REASON);
    const dossier = new DossierScreen(page);
    await dossier.open(id, opal);
    await expect(dossier.region('Fascicolo')).toContainText('Interrotto');
    await expect(page.getByText(REASON)).toHaveCount(0);
    await expect(dossier.button('Interruzione')).toHaveCount(0);
    await expect(dossier.button('Cambio datore di lavoro')).toHaveCount(0);
  });
});

test.describe('as days pass', () => {
  test.use({ ownServer: true });

  test('the voucher counts down, closes, and the dossier becomes read-only (R38)', async ({ page, desk, server }) => {
    const { id, opal_code: opal } = await desk.dossier();
    const { valid_to } = await desk.frame(id);
    const dossier = new DossierScreen(page);
    const facts = dossier.region('Fascicolo');
    for (const [before, words] of [[7, 'mancano 7 giorni'], [1, 'manca 1 giorno'], [0, 'scade oggi']] as const) {
      await server.clock(`${plusDays(valid_to, -before)}T09:00`);
      await dossier.open(id, opal);
      await expect(facts).toContainText(words);
    }
    await server.clock(`${plusDays(valid_to, 1)}T00:00`);
    await dossier.open(id, opal);
    await expect(facts).toContainText('Chiuso per scadenza');
    await expect(dossier.history).toContainText('Voucher chiuso alla scadenza');
    await expect(dossier.button('Interruzione')).toBeDisabled();
    const form = new SessionForm(page);
    const ended = `Il voucher è scaduto il ${long(valid_to)}.`;
    await form.openNew(id, TRAINING);
    await expect(page.getByText(`${ended} Le erogazioni fatte entro quel giorno si possono avviare e concludere entro 7 giorni dalla loro data; attività e documenti fino al ${long(plusDays(valid_to, 60))}, poi il fascicolo è in sola lettura. Non si possono più inserire erogazioni.`)).toBeVisible();
    await expect(form.submit).toHaveCount(0);
    await server.clock(`${plusDays(valid_to, 61)}T00:00`);
    await dossier.open(id, opal);
    await expect(facts).toContainText('Sola lettura');
    await expect(dossier.history).toContainText('Fascicolo in sola lettura');
    await expect(dossier.history).toContainText('Registro integro');
    await form.openNew(id, TRAINING);
    await expect(page.getByText(`Il fascicolo è in sola lettura dal ${long(plusDays(valid_to, 61))}: si può solo consultare. ${ended}`)).toBeVisible();
    await page.getByRole('link', { name: "Vai all'attività" }).click();
    await new ActivityScreen(page).isThere(TRAINING);
  });
});
