// Agenda: the grid by keyboard, a session from a free hour, moving by keys and by pointer, the coach's own view, the link for other programs.
import { request } from '@playwright/test';
import { expectAccessible } from '../../fixtures/axe.ts';
import { type Slot, ACTIVITIES, Desk } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { AgendaScreen } from '../../pages/agenda.ts';
import { ActivityScreen, SessionForm } from '../../pages/policies.ts';

const TRAINING = 'on_the_job_training';
const COACH = 'Chiara Bortolin';
const TUESDAY = '2026-12-15';
const DAY = { vista: 'giorno', giorno: TUESDAY };
const WEEK = { vista: 'settimana', giorno: TUESDAY };

test.use({ ownServer: true });

function slot(from: string, to: string, on = TUESDAY, coach: string = COACH): Slot {
  return { coach, on, from, to };
}

test('the day of the site has a column for each coach, and the keyboard walks through it', async ({ page, desk, isMobile }) => {
  const { id, person } = await desk.dossier();
  await desk.enter(id, TRAINING, slot('09:00', '10:30'));
  const agenda = new AgendaScreen(page);
  await agenda.visit('/', 'Cruscotto');
  await agenda.choose('Agenda');
  await expect(agenda.period('lunedì 23 novembre 2026')).toBeVisible();
  await agenda.open(DAY);
  await expect(agenda.columns).toContainText(['Orario', COACH, 'Davide Schiavon', 'Francesca Marchetto', 'Marco Furlan']);

  await agenda.tabTo(agenda.stop);
  await agenda.isOn(/^martedì 15 dicembre, 08:00, Chiara Bortolin, libero$/);
  await agenda.press('ArrowDown', 'ArrowDown', 'ArrowDown');
  await agenda.isOn(new RegExp(`^martedì 15 dicembre, 09:30, ${COACH}, ${person.first} ${person.last}, Allenamento e affiancamento, inserita$`));
  await agenda.press('ArrowRight');
  await agenda.isOn(/^martedì 15 dicembre, 09:30, Davide Schiavon, libero$/);
  await agenda.press('End');
  await agenda.isOn(/Marco Furlan, libero$/);
  await agenda.press('Home', 'ArrowUp');
  await agenda.isOn(/09:00, Chiara Bortolin/);

  await test.step('Enter opens what is there, and Escape gives the place back', async () => {
    await agenda.press('Enter');
    const dialog = agenda.dialog('Erogazione');
    await dialog.isOpen();
    await expect(dialog.root).toContainText(`${person.first} ${person.last}`);
    await expect(dialog.root).toContainText('09:00-10:30');
    await expectAccessible(page);
    await agenda.press('Escape');
    await dialog.isClosed();
    await agenda.isOn(/09:00, Chiara Bortolin/);
  });

  await test.step('pages turn, and the keyboard stays where it is', async () => {
    await agenda.press('PageDown');
    await expect(agenda.period('mercoledì 16 dicembre 2026')).toBeVisible();
    await agenda.isOn(/^mercoledì 16 dicembre, 09:00, Chiara Bortolin, libero$/);
    await agenda.press('PageUp');
    await expect(agenda.period('martedì 15 dicembre 2026')).toBeVisible();
    await agenda.isOn(/^martedì 15 dicembre, 09:00/);
    await agenda.press('PageUp');
    await expect(agenda.period('lunedì 14 dicembre 2026')).toBeVisible();
    await agenda.isOn(/^lunedì 14 dicembre, 09:00/);
    // Quick, the second one before the first page is there.
    await agenda.press('PageUp', 'PageUp');
    await expect(agenda.period('sabato 12 dicembre 2026')).toBeVisible();
    await agenda.isOn(/^sabato 12 dicembre, 09:00, Chiara Bortolin/);
    await agenda.press('PageDown', 'PageDown', 'PageDown', 'ArrowDown');
    await expect(agenda.period('martedì 15 dicembre 2026')).toBeVisible();
    await agenda.isOn(/^martedì 15 dicembre, 09:30, Chiara Bortolin/);
  });

  await test.step('the same as a list', async () => {
    await agenda.open(DAY);
    await page.getByText('Elenco: 1 erogazione').click();
    const line = page.getByRole('table', { name: 'Erogazioni del periodo' }).getByRole('row').filter({ hasText: '09:00-10:30' });
    await expect(line).toContainText(COACH);
    await expectAccessible(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(width, 'the page does not scroll sideways').toBe(0);
    if (isMobile) expect(await agenda.grid.evaluate((grid) => grid.parentElement!.scrollWidth > grid.parentElement!.clientWidth)).toBe(true);
  });
});

test('a free hour of a coach leads to the form, filled in with it', async ({ page, desk }) => {
  const { id, opal_code: opal, person } = await desk.dossier();
  const agenda = new AgendaScreen(page);
  await agenda.open(DAY);
  await agenda.tabTo(agenda.stop);
  await agenda.press('ArrowRight', 'ArrowDown', 'Enter');
  const dialog = agenda.dialog('Nuova erogazione');
  await dialog.isOpen();
  await expect(dialog.root).toContainText('Davide Schiavon');
  await dialog.button('Continua').click();
  await expect(dialog.root).toContainText('Scegli la persona.');
  await expectAccessible(page);
  await dialog.root.getByRole('combobox', { name: 'Persona' }).selectOption({ label: `${person.last} ${person.first} · ${opal}` });
  await dialog.root.getByRole('combobox', { name: 'Attività' }).selectOption({ label: 'Allenamento e affiancamento' });
  await dialog.button('Continua').click();
  const form = new SessionForm(page);
  await form.isThere('Nuova erogazione');
  await form.holds({ coach: 'Davide Schiavon', on: TUESDAY, from: '08:30', to: '09:30' }, '');
  await form.field('Note').fill("Presso l'azienda");
  await form.isJudged();
  await form.submit.click();
  await new ActivityScreen(page).arrived(ACTIVITIES[TRAINING].name);
  await agenda.open(DAY);
  await expect(agenda.cell(/^martedì 15 dicembre, 09:00, Davide Schiavon, .*, inserita$/)).toBeVisible();

  await test.step("of a person's agenda only the activity is asked", async () => {
    await agenda.open({ ...WEEK, dossier: id });
    await expect(page.getByText(`${person.first} ${person.last} · 1 erogazione`)).toBeVisible();
    await page.getByRole('button', { name: 'Nuova erogazione' }).first().click();
    await expect(dialog.root.getByRole('combobox')).toHaveCount(1);
    await dialog.root.getByRole('combobox', { name: 'Attività' }).selectOption({ label: 'Piano di coaching' });
    await dialog.button('Continua').click();
    await form.isThere('Nuova erogazione');
    await expect(page.getByText(/Piano di coaching · /).first()).toBeVisible();
  });
});

test('an inserita is moved by keyboard: the rules speak at every step, and nothing changes before it is confirmed', async ({ page, desk }) => {
  const [{ id }, { id: other }] = [await desk.dossier(), await desk.dossier()];
  await desk.enter(id, TRAINING, slot('09:00', '10:00'), 'Reparto imballaggio');
  await desk.enter(other, TRAINING, slot('11:00', '12:00'));
  const agenda = new AgendaScreen(page);
  await agenda.open({ ...DAY, dossier: id });
  await agenda.tabTo(agenda.stop);
  await agenda.press('ArrowDown', 'ArrowDown', 'm');
  await expect(agenda.move).toBeVisible();
  await expect(agenda.move).toContainText('Ora è martedì 15 dicembre, 09:00-10:00');
  await agenda.press('PageDown', 'ArrowDown');
  await expect(agenda.move.getByRole('status')).toHaveText('Sposta a martedì 15 dicembre, 10:15-11:15');
  await expect(agenda.findings(/L'operatore è già impegnato.*R41/s)).toBeVisible();
  await expectAccessible(page);
  const dialog = agenda.dialog("Sposta l'erogazione");
  await agenda.press('Enter');
  await dialog.isClosed();

  await test.step('Escape gives it up', async () => {
    await agenda.press('Escape');
    await expect(agenda.move).toBeHidden();
    await expect(agenda.cell(/^martedì 15 dicembre, 09:00, Allenamento/)).toBeVisible();
  });

  await test.step('Enter on a free time asks, and the confirmation moves it with its note', async () => {
    await agenda.cell(/^martedì 15 dicembre, 09:00/).focus();
    await agenda.press('m', 'PageDown', 'PageDown', 'PageDown');
    await expect(agenda.move.getByRole('status')).toHaveText('Sposta a martedì 15 dicembre, 12:00-13:00');
    await expect(agenda.findings(/./)).toHaveCount(0);
    await agenda.press('Enter');
    await dialog.isOpen();
    await expect(dialog.root).toContainText('martedì 15 dicembre, 09:00-10:00');
    await expect(dialog.root).toContainText('martedì 15 dicembre, 12:00-13:00');
    await expectAccessible(page);
    await dialog.confirm('Conferma');
    await agenda.says('Erogazione spostata.');
    await expect(agenda.cell(/^martedì 15 dicembre, 12:30, Allenamento.*inserita$/)).toBeVisible();
    await expect(agenda.cell(/^martedì 15 dicembre, 09:00, libero$/)).toBeVisible();
    await page.goto(`/dossier/${id}/attivita/${TRAINING}`);
    await expect(page.getByText('Reparto imballaggio')).toBeVisible();
  });
});

test('what somebody else changed meanwhile is not overwritten', async ({ page, desk, watch }) => {
  watch.expect(/session\/step/, 409);
  const { id } = await desk.dossier();
  const session = await desk.enter(id, TRAINING, slot('09:00', '10:00'));
  const agenda = new AgendaScreen(page);
  await agenda.open({ ...DAY, dossier: id });
  await agenda.cell(/^martedì 15 dicembre, 09:00/).focus();
  await agenda.press('m', 'PageDown');
  await expect(agenda.move.getByRole('status')).toHaveText(/10:00-11:00/);
  const coach = await desk.coach(id, COACH);
  await desk.step(id, TRAINING, session, { modify: { form: { coach, on: TUESDAY, from: '15:00', to: '16:00', note: 'Reparto' } } });
  await agenda.press('Enter');
  const dialog = agenda.dialog("Sposta l'erogazione");
  await dialog.isOpen();
  await dialog.button('Conferma').click();
  await expect(dialog.root.getByRole('alert')).toContainText('aggiornati da un altro operatore');
  await dialog.button('Aggiorna').click();
  await dialog.isClosed();
  await expect(agenda.cell(/^martedì 15 dicembre, 15:00, Allenamento/)).toBeVisible();
});

test('a programmata says why it stays, and the pointer moves only an inserita', async ({ page, desk, isMobile }) => {
  const { id } = await desk.dossier();
  await desk.schedule(id, TRAINING, slot('09:00', '10:00'));
  await desk.enter(id, TRAINING, slot('11:00', '12:00'));
  const agenda = new AgendaScreen(page);
  await agenda.open(DAY);
  await agenda.block('Programmata', '09:00-10:00').click();
  const details = agenda.dialog('Erogazione');
  await expect(details.root).toContainText('R18');
  await expect(details.button('Sposta')).toHaveCount(0);
  await details.back.click();
  await details.isClosed();

  const confirm = agenda.dialog("Sposta l'erogazione");
  const entered = agenda.block('Inserita', '11:00-12:00');
  if (isMobile) {
    await test.step('a finger moves it by buttons', async () => {
      await entered.click();
      await details.button('Sposta').click();
      await agenda.move.getByRole('button', { name: 'Colonna successiva' }).click();
      await agenda.move.getByRole('button', { name: "Un quarto d'ora dopo" }).click();
      await expect(agenda.move.getByRole('status')).toHaveText('Sposta a martedì 15 dicembre, 11:15-12:15, Davide Schiavon');
      await expectAccessible(page);
      await agenda.move.getByRole('button', { name: 'Sposta qui' }).click();
    });
  } else {
    await test.step('the pointer drags it to the next coach', async () => {
      const from = (await entered.boundingBox())!;
      const to = (await agenda.cell(/^martedì 15 dicembre, 13:00, Davide Schiavon/).boundingBox())!;
      await page.mouse.move(from.x + 20, from.y + 5);
      await page.mouse.down();
      await page.mouse.move(from.x + 60, from.y + 30, { steps: 3 });
      await page.mouse.move(to.x + 20, to.y + 5, { steps: 5 });
      await expect(agenda.move.getByRole('status')).toHaveText('Sposta a martedì 15 dicembre, 13:00-14:00, Davide Schiavon');
      await page.mouse.up();
    });
  }
  await confirm.isOpen();
  await expect(confirm.root).toContainText('Davide Schiavon');
  await confirm.confirm('Conferma');
  await expect(agenda.cell(/^martedì 15 dicembre, (11:30|13:00), Davide Schiavon, .*, inserita$/)).toBeVisible();
});

test.describe('as a coach', () => {
  test.use({ as: 'coach' });

  test('a coach sees its own week, moves nothing, and gives out a link that names nobody', async ({ page, desk, server, watch, isMobile }) => {
    const { id, person } = await desk.dossier();
    await desk.schedule(id, TRAINING, slot('09:00', '10:00', TUESDAY, 'Marco Furlan'));
    await desk.enter(id, TRAINING, slot('11:00', '12:00', TUESDAY, COACH));
    const agenda = new AgendaScreen(page);
    await agenda.open({ giorno: TUESDAY });
    await expect(agenda.period(isMobile ? 'martedì 15 dicembre 2026' : /^Settimana 51 · 14-20 dic 2026$/)).toBeVisible();
    await expect(page.getByText('Marco Furlan · 1 erogazione')).toBeVisible();
    await expect(agenda.cell(/^martedì 15 dicembre, 11:00, libero$/), 'not even that a colleague is there').toBeVisible();
    await expect(page.getByRole('button', { name: 'Nuova erogazione' })).toHaveCount(0);
    await agenda.block('Programmata', '09:00-10:00').click();
    await expect(agenda.dialog('Erogazione').root.getByRole('link', { name: "Apri l'erogazione" })).toBeVisible();
    await agenda.press('Escape');

    const panel = agenda.region('Calendario sul telefono');
    await panel.getByRole('button', { name: 'Crea il link' }).click();
    const link = panel.getByRole('textbox');
    await expect(link).toHaveValue(/\/calendari\/[0-9a-f]{64}\.ics$/);
    await expectAccessible(page);
    const outside = await request.newContext({ storageState: { cookies: [], origins: [] } });
    const first = await link.inputValue();
    const file = await outside.get(first);
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    const text = await file.text();
    expect(text).toContain('DTSTART;TZID=Europe/Rome:20261215T090000');
    expect(text).toContain(`SUMMARY:${person.first[0]}. ${person.last[0]}. · Allenamento e affiancamento`);
    expect(text).not.toContain(person.last);

    await panel.getByRole('button', { name: 'Rinnova il link' }).click();
    await agenda.dialog('Rinnova il link').confirm('Rinnova il link');
    await expect(link).not.toHaveValue(first);
    expect((await outside.get(first)).status()).toBe(404);
    const second = await link.inputValue();
    expect((await outside.get(second)).status()).toBe(200);
    await panel.getByRole('button', { name: 'Ritira il link' }).click();
    await agenda.dialog('Ritira il link').confirm('Ritira il link');
    await expect(panel).toContainText('Nessun link attivo.');
    expect((await outside.get(second)).status()).toBe(404);
    await outside.dispose();

    watch.expect(/agenda/, 404);
    const colleague = await Desk.of(server).then(async (office) => {
      const found = await office.coach(id, COACH);
      await office.leave();
      return found;
    });
    await page.goto(`/agenda?coach=${colleague}`);
    await expect(agenda.title('Pagina non trovata')).toBeVisible();
  });
});
