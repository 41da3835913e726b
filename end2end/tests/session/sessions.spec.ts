// Sessions of an activity: entering, changing, every state, and what each rule says when it refuses.
import { plusDays } from '../../fixtures/calendar.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ActivityScreen, SessionForm } from '../../pages/policies.ts';

const TRAINING = 'on_the_job_training';
const INTERVIEWS = 'exploratory_interviews';
const PLACE = 'Presso Officine Brenta, Padova';

test('an inserita session can be changed in all its parts', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const [week, other] = [desk.week(), desk.week()];
  const slot = { coach: week.coach, on: week.on('tue'), from: '09:00', to: '11:00' };
  const changed = { coach: other.coach, on: other.on('wed'), from: '14:00', to: '16:30' };
  await desk.enter(id, TRAINING, slot, PLACE);
  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  await activity.session(slot).edit.click();
  const form = new SessionForm(page);
  await form.isThere("Modifica l'erogazione");
  await form.holds(slot, PLACE);
  await form.fill(changed, 'Presso la sede');
  await form.submit.click();
  await activity.isThere(TRAINING);
  await activity.says('Erogazione modificata.');
  await activity.session(changed).is('Inserita');
  await expect(activity.session(changed).root).toContainText('Presso la sede');
  await expect(activity.session(changed).root).toContainText(changed.coach);
  await expect(activity.session(slot).root).toHaveCount(0);
});

test('a programmata session offers no change, and the address of its form says why', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const slot = { coach: week.coach, on: week.on('tue'), from: '09:00', to: '11:00' };
  const session = await desk.schedule(id, TRAINING, slot);
  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  await activity.session(slot).is('Programmata');
  await expect(activity.session(slot).edit).toHaveCount(0);
  await expect(activity.session(slot).button('Annulla')).toHaveCount(0);
  await expect(activity.session(slot).button('Avvia'), 'not before its day').toHaveCount(0);
  await activity.visit(`/dossier/${id}/attivita/${TRAINING}/erogazioni/${session}`, "Modifica l'erogazione");
  await expect(page.getByText(/«Modifica» non è possibile: l'erogazione è nello stato «programmata».*R18/)).toBeVisible();
  await expect(page.getByRole('form', { name: 'Erogazione' })).toHaveCount(0);
});

test('over the agreed hours Programma gives an alert and leaves the session inserita (R19)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const [full, over] = [
    { coach: week.coach, on: week.on('mon'), from: '09:00', to: '12:00' },
    { coach: week.coach, on: week.on('tue'), from: '09:00', to: '11:00' },
  ];
  await desk.schedule(id, INTERVIEWS, full);
  await desk.enter(id, INTERVIEWS, over);
  const activity = new ActivityScreen(page);
  await activity.open(id, INTERVIEWS);
  const dialog = await activity.session(over).ask('Programma');
  await expect(dialog.findings(/Ore concordate superate di 1 h: 4 h concordate, 3 h impegnate, 2 h richieste\..*R19/)).toBeVisible();
  await dialog.button('Programma').click();
  await expect(dialog.root).toBeVisible();
  await dialog.back.click();
  await activity.session(over).is('Inserita');
  // It can be shortened, and then programmed.
  await activity.session(over).edit.click();
  const form = new SessionForm(page);
  await form.isThere("Modifica l'erogazione");
  await form.fill({ to: '10:00' });
  await form.submit.click();
  await activity.isThere(INTERVIEWS);
  const short = { ...over, to: '10:00' };
  await (await activity.session(short).ask('Programma')).confirm('Programma');
  await activity.session(short).is('Programmata');
  await expect(activity.hours(/avviate e programmate 4 h.*libere 0 h/)).toBeVisible();
});

test('Annulla frees an inserita session, which stays and can be ripianificata from its own values', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const slot = { coach: week.coach, on: week.on('tue'), from: '09:00', to: '11:00' };
  await desk.enter(id, TRAINING, slot, PLACE);
  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  const dialog = await activity.session(slot).ask('Annulla');
  await dialog.confirm("Annulla l'erogazione");
  await activity.session(slot).is('Annullata');
  await expect(activity.hours(/inserite 0 h/)).toBeVisible();

  await activity.session(slot).replan.click();
  const form = new SessionForm(page);
  await form.isThere("Ripianifica l'erogazione");
  await form.holds({ ...slot, on: '' }, PLACE);
  // The same slot is free again.
  await form.fill({ on: slot.on });
  await expect(form.blocks).toHaveCount(0);
  await form.submit.click();
  await activity.isThere(TRAINING);
  await activity.session(slot, 'Inserita').is('Inserita');
  await expect(activity.session(slot, 'Inserita').root).toContainText('Sostituisce');
  await expect(activity.session(slot, 'Annullata').root).toContainText('Ripianificata');
  await expect(activity.session(slot, 'Annullata').replan).toHaveCount(0);
});

test('Chiudi negativamente wants a reason and gives the hours back', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const slot = { coach: week.coach, on: week.on('thu'), from: '09:00', to: '12:00' };
  await desk.schedule(id, TRAINING, slot);
  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  await expect(activity.hours(/avviate e programmate 3 h/)).toBeVisible();
  const dialog = await activity.session(slot).ask('Chiudi negativamente');
  await dialog.button('Chiudi negativamente').click();
  await expect(dialog.root).toContainText('Scrivi il motivo per cui');
  const reason = dialog.root.getByRole('combobox', { name: 'Motivo' });
  await expect(reason).toBeFocused();
  await reason.selectOption({ label: 'Altro' });
  await dialog.button('Chiudi negativamente').click();
  await expect(dialog.root).toContainText('Scrivi il motivo per cui');
  await reason.selectOption({ label: 'Malattia' });
  await dialog.confirm('Chiudi negativamente');
  await activity.session(slot).is('Chiusa negativamente');
  await expect(activity.session(slot).root).toContainText('Motivo: Malattia');
  await expect(activity.hours(/avviate e programmate 0 h/)).toBeVisible();
  await expect(activity.session(slot).replan).toBeVisible();
});

test('neither the person nor the coach is in two places at once; back to back is fine (R41)', async ({ page, desk }) => {
  const [{ id }, { id: elsewhere }] = [await desk.dossier(), await desk.dossier()];
  const week = desk.week();
  await desk.enter(id, INTERVIEWS, { coach: week.coach, on: week.on('mon'), from: '09:00', to: '11:00' });
  await desk.enter(elsewhere, INTERVIEWS, { coach: week.coach, on: week.on('tue'), from: '14:00', to: '16:00' });
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill({ coach: week.coach, on: week.on('mon'), from: '10:00', to: '12:00' }, PLACE);
  await expect(form.blocked('R41', /La persona è già impegnata .* dalle 09:00 alle 11:00/)).toBeVisible();
  await form.fill({ on: week.on('tue'), from: '15:00', to: '17:00' });
  await expect(form.blocked('R41', /L'operatore è già impegnato .* dalle 14:00 alle 16:00/)).toBeVisible();
  await form.fill({ from: '16:00', to: '17:00' });
  await expect(form.blocks).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Impegni della settimana' }).getByRole('listitem')).toContainText([/14:00-16:00: operatore impegnato/, /16:00-17:00: nuova erogazione/]);
});

test('eight hours a day and forty a week are the most (R26, R29)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  for (const day of ['mon', 'tue', 'wed', 'thu', 'fri'] as const) {
    await desk.enter(id, TRAINING, { coach: week.coach, on: week.on(day), from: '08:00', to: '16:00' });
  }
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill({ coach: week.coach, on: week.on('sat'), from: '09:00', to: '10:00' }, PLACE);
  await expect(form.blocked('R29', /la persona arriverebbe a 41 h \(massimo 40 h\)/)).toBeVisible();
  await expect(form.blocks).toHaveCount(1);
  await form.fill({ on: week.on('fri'), from: '16:00', to: '16:15' });
  await expect(form.blocked('R26', /la persona arriverebbe a 8 h 15 min \(massimo 8 h\)/)).toBeVisible();
});

test('a session lies between 7:30 and 23:00 in steps of a quarter of an hour (R25, R27)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill({ coach: week.coach, on: week.on('mon'), from: '07:30', to: '15:30' }, PLACE);
  await expect(form.blocks).toHaveCount(0);
  await form.fill({ from: '07:15' });
  await expect(form.blocked('R27', "L'orario 07:15-15:30 esce dalla fascia 07:30-23:00")).toBeVisible();
  await form.fill({ from: '22:00', to: '23:00' });
  await expect(form.blocks).toHaveCount(0);
  await form.fill({ to: '23:15' });
  await expect(form.blocked('R27', "L'orario 22:00-23:15 esce dalla fascia 07:30-23:00")).toBeVisible();
  await form.fill({ from: '10:00', to: '09:00' });
  await expect(form.blocked('R27', "L'ora di fine deve seguire l'ora di inizio")).toBeVisible();
  await form.fill({ from: '09:00', to: '10:10' });
  await expect(form.blocked('R25', 'passi di 15 minuti')).toBeVisible();
});

test('a session lies after the admission and within the voucher (R10, R38)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const { coach } = desk.week();
  const { valid_to } = await desk.frame(id);
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill({ coach, on: '2026-11-21', from: '09:00', to: '10:00' }, PLACE);
  await expect(form.blocked('R10', "La data precede l'ammissione al servizio del lun 23 nov 2026")).toBeVisible();
  await form.fill({ on: plusDays(valid_to, 1) });
  await expect(form.blocked('R38', 'Il voucher vale dal')).toBeVisible();
  await form.fill({ on: '2026-12-25' });
  await expect(form.blocked('R28', /festivo \(Natale/)).toBeVisible();
});

test('empty fields are named all at once, and nothing typed is lost on a refused Invia', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill({ from: '09:00' }, PLACE);
  await form.submit.click();
  const summary = form.alert('Controlla 3 campi');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('link')).toHaveText([/Manca l'operatore/, /Manca la data/, /Manca l'ora di fine/]);
  await summary.getByRole('link', { name: /Manca la data/ }).click();
  await expect(form.field('Data')).toBeFocused();
  await expect(form.field('Ora inizio')).toHaveValue('09:00');
  await expect(form.field('Note')).toHaveValue(PLACE);

  // Refused by the server alone: the activity was closed meanwhile by somebody else.
  const slot = { coach: week.coach, on: week.on('mon'), from: '09:00', to: '10:00' };
  await form.fill(slot);
  await form.isJudged();
  await expect(form.blocks).toHaveCount(0);
  await desk.deliver(id, TRAINING, desk.thisMorning());
  await desk.closeActivity(id, TRAINING);
  await form.submit.click();
  await expect(form.alert(/L'attività è Terminata: non è più modificabile.*R37/)).toBeVisible();
  await form.holds(slot, PLACE);
});

test('Concludi attività is explained while no session was delivered (R36)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  await desk.enter(id, INTERVIEWS, { coach: week.coach, on: week.on('mon'), from: '09:00', to: '10:00' });
  const activity = new ActivityScreen(page);
  await activity.open(id, INTERVIEWS);
  await expect(activity.close).toBeDisabled();
  await expect(activity.close).toHaveAccessibleDescription(/serve almeno un'erogazione nello stato «erogata».*R36/);
});

test('closing the activity ends its open sessions, and takes no started one along (R37)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const [entered, scheduled, started] = [
    { coach: week.coach, on: week.on('mon'), from: '09:00', to: '10:00' },
    { coach: week.coach, on: week.on('tue'), from: '09:00', to: '10:00' },
    desk.thisMorning(),
  ];
  await desk.deliver(id, TRAINING, desk.thisMorning());
  await desk.enter(id, TRAINING, entered);
  await desk.schedule(id, TRAINING, scheduled);
  const session = await desk.schedule(id, TRAINING, started);
  await desk.step(id, TRAINING, session, 'start');
  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  await expect(activity.close).toHaveAccessibleDescription(/è ancora avviata: concludila prima.*R37/);

  await desk.step(id, TRAINING, session, { complete: { form: { description: 'Affiancamento.' } } });
  await activity.open(id, TRAINING);
  await activity.close.click();
  const dialog = activity.dialog('Concludi attività');
  await dialog.isOpen();
  await expect(dialog.root.getByRole('listitem')).toContainText(['diventa «annullata»', 'diventa «chiusa negativamente»', '43 h 30 min concordate e non erogate']);
  await dialog.confirm('Procedi');
  await activity.session(entered).is('Annullata');
  await activity.session(scheduled).is('Chiusa negativamente');
  await expect(activity.session(scheduled).root).toContainText('Chiusura attività');
  await activity.offersNothing();
  await activity.visit(`/dossier/${id}/attivita/${TRAINING}/erogazioni/nuova`, 'Nuova erogazione');
  await expect(page.getByText('Questa attività è Terminata: non si possono più inserire erogazioni.')).toBeVisible();
});

test('a stale page is told that somebody else changed the session, with both values', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const slot = { coach: week.coach, on: week.on('tue'), from: '09:00', to: '11:00' };
  const session = await desk.enter(id, TRAINING, slot, PLACE);
  const activity = new ActivityScreen(page);
  await activity.open(id, TRAINING);
  await activity.session(slot).edit.click();
  const form = new SessionForm(page);
  await form.isThere("Modifica l'erogazione");
  await desk.step(id, TRAINING, session, { modify: { form: { coach: await desk.coach(id, slot.coach), on: slot.on, from: '09:00', to: '12:00', note: PLACE } } });
  await form.fill({ to: '10:00' });
  await form.submit.click();
  await expect(form.alert('Dati aggiornati da un altro operatore')).toBeVisible();
  await expect(form.alert('Dati aggiornati da un altro operatore')).toContainText(/12:00.*10:00/);
  await form.holds({ ...slot, to: '10:00' }, PLACE);

  // The same for an action.
  await activity.open(id, TRAINING);
  const now = { ...slot, to: '12:00' };
  const dialog = await activity.session(now).ask('Annulla');
  await desk.step(id, TRAINING, session, 'schedule');
  await dialog.button("Annulla l'erogazione").click();
  await expect(dialog.root.getByRole('alert')).toContainText('Dati aggiornati da un altro operatore');
  await dialog.button('Aggiorna').click();
  await activity.session(now).is('Programmata');
});

test('a double click enters one session', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const slot = { coach: week.coach, on: week.on('fri'), from: '09:00', to: '10:00' };
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill(slot, PLACE);
  await expect(form.meters).toContainText('Nel giorno 1 h di 8 h');
  await form.submit.dblclick();
  const activity = new ActivityScreen(page);
  await activity.isThere(TRAINING);
  await expect(activity.session(slot).root).toHaveCount(1);
});

test('the week beside the form sets day and time by keyboard', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const week = desk.week();
  const form = new SessionForm(page);
  await form.openNew(id, TRAINING);
  await form.fill({ coach: week.coach, on: week.on('mon'), from: '09:00', to: '10:00' }, PLACE);
  await expect(form.day(week.on('mon'))).toHaveAttribute('aria-pressed', 'true');
  await form.day(week.on('mon')).focus();
  await page.keyboard.press('ArrowRight');
  await expect(form.day(week.on('tue'))).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await form.holds({ coach: week.coach, on: week.on('tue'), from: '09:15', to: '10:15' }, PLACE);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the week beside the form is one day at a time, which follows the date and is stepped through', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    const week = desk.week();
    const [before, monday, tuesday] = [plusDays(week.on('mon'), -1), week.on('mon'), week.on('tue')];
    const form = new SessionForm(page);
    await form.openNew(id, TRAINING);
    await form.fill({ coach: week.coach, on: monday, from: '09:00', to: '10:00' }, PLACE);
    await expect(form.days).toHaveCount(1);
    await expect(form.day(monday)).toHaveAttribute('aria-pressed', 'true');
    const place = await form.placeOfDay(monday);

    // By keyboard from the buttons, which keep the focus, over the border of the week and back.
    await form.step('precedente', before).focus();
    await page.keyboard.press('Enter');
    await expect(form.field('Data')).toHaveValue(before);
    await expect(form.day(before)).toBeVisible();
    await expect(form.days).toHaveCount(1);
    await expect(form.step('precedente', plusDays(before, -1))).toBeFocused();
    await form.step('successivo', monday).press('Enter');
    await form.step('successivo', tuesday).press('Enter');
    await expect(form.day(tuesday)).toHaveAttribute('aria-pressed', 'true');
    expect(await form.placeOfDay(tuesday), 'nothing moves').toEqual(place);
    await form.holds({ coach: week.coach, on: tuesday, from: '09:00', to: '10:00' }, PLACE);

    // The arrows too, on the day itself.
    await form.day(tuesday).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(form.day(monday)).toBeFocused();
    await form.field('Data').fill(week.on('sat'));
    await expect(form.day(week.on('sat'))).toBeVisible();
  });

  test('days can be looked at before there is a date', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    const form = new SessionForm(page);
    await form.openNew(id, TRAINING);
    await form.step('successivo', '2026-11-24').click();
    await form.step('successivo', '2026-11-25').click();
    await expect(form.day('2026-11-25')).toHaveAttribute('aria-pressed', 'false');
    await expect(form.field('Data')).toHaveValue('');
    await form.day('2026-11-25').click();
    await expect(form.field('Data')).toHaveValue('2026-11-25');
  });
});

test.describe('as days pass', () => {
  test.use({ ownServer: true });

  test('on the seventh day after it a session can still be entered and started, on the eighth neither (R23)', async ({ page, desk, server }) => {
    const { id } = await desk.dossier();
    const slot = { coach: 'Chiara Bortolin', on: '2026-11-24', from: '14:00', to: '15:00' };
    const second = { ...slot, from: '15:00', to: '16:00' };
    await desk.schedule(id, TRAINING, slot);
    await desk.schedule(id, TRAINING, second);
    const activity = new ActivityScreen(page);
    const form = new SessionForm(page);

    await server.clock('2026-12-01T23:59');
    await activity.open(id, TRAINING);
    await (await activity.session(slot).ask('Avvia')).confirm('Avvia');
    await activity.session(slot).is('Avviata');
    await form.openNew(id, TRAINING);
    await form.fill({ ...slot, from: '17:00', to: '18:00' }, PLACE);
    await expect(form.warned('R24', 'Inserimento tardivo di 7 giorni')).toBeVisible();
    await expect(form.blocks).toHaveCount(0);

    // The page is from the day before: the server knows better.
    await activity.open(id, TRAINING);
    const stale = await activity.session(slot).ask('Concludi erogazione');
    await stale.root.getByRole('textbox', { name: /Breve descrizione/ }).fill('Affiancamento.');
    await server.clock('2026-12-02T00:00');
    await stale.button('Concludi erogazione').click();
    await expect(stale.root.getByRole('alert')).toContainText(/il termine di 7 giorni è scaduto mar 1 dic 2026.*R23/);

    await activity.open(id, TRAINING);
    await expect(activity.session(second).button('Avvia')).toHaveCount(0);
    await expect(activity.session(second).button('Chiudi negativamente')).toBeVisible();
    await form.openNew(id, TRAINING);
    await form.fill({ ...slot, from: '17:00', to: '18:00' }, PLACE);
    await expect(form.blocked('R23', 'il termine di 7 giorni è scaduto mar 1 dic 2026')).toBeVisible();
  });
});

test.describe('the administrator of the provider', () => {
  test.use({ as: 'responsabile' });

  test('may take back a session that was started by mistake (R22)', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    const slot = desk.thisMorning();
    const session = await desk.schedule(id, TRAINING, slot);
    await desk.step(id, TRAINING, session, 'start');
    const activity = new ActivityScreen(page);
    await activity.open(id, TRAINING);
    const dialog = await activity.session(slot).ask('Chiudi negativamente');
    await dialog.root.getByRole('combobox', { name: 'Motivo' }).selectOption({ label: 'Errore di inserimento' });
    await dialog.confirm('Chiudi negativamente');
    await activity.session(slot).is('Chiusa negativamente');
  });
});
