// What is written here: outputs (R33) and the final report (R34, R35), saved while they are typed; and outputs that were made elsewhere.
import { expectAccessible } from '../../fixtures/axe.ts';
import { OWN_COACH } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DocumentsScreen, DraftScreen } from '../../pages/documents.ts';
import { DossierScreen } from '../../pages/policies.ts';

const CONCLUDED = 'JC-2026-110295';
const PLAN = ['Situazione di partenza', 'Obiettivi', 'Azioni di affiancamento e tempi', 'Ruoli e referenti', 'Verifiche e indicatori'];

/** What every report tells, and what a failure adds (R34, R35). */
const REPORT = ['Attività svolte', 'Integrazione nel contesto aziendale', 'Capacità di svolgere la prestazione lavorativa', "Probabilità di mantenere l'occupazione nel tempo"];
const ANALYSES = ['Criticità riscontrate', 'Possibili motivazioni', 'Azioni intraprese in itinere'];

test('an output is written, saved while it is typed, looked at and issued (R33)', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Piano di coaching');
  await draft.isThere('Piano di coaching');
  await expect(draft.field('Ruoli e referenti')).toHaveValue(/Persona: .*\nAzienda: .*/);
  await draft.field('Obiettivi').fill('Preparare da solo il banco del mattino.');
  await draft.isSaved();

  // Nothing typed is lost, wherever one goes.
  await draft.field('Situazione di partenza').fill('Conosce il reparto e le persone.');
  await page.getByRole('link', { name: 'Documenti', exact: true }).click();
  await documents.isThere();
  await page.getByRole('link', { name: 'Continua Piano di coaching' }).click();
  await draft.isThere('Piano di coaching');
  await expect(draft.field('Obiettivi')).toHaveValue('Preparare da solo il banco del mattino.');
  await expect(draft.field('Situazione di partenza')).toHaveValue('Conosce il reparto e le persone.');

  // What is still empty is named at once.
  await draft.field('Data di redazione').fill('2026-11-24');
  await draft.button('Emetti').click();
  await expect(page.getByText('La data di redazione, mar 24 nov 2026, è nel futuro', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('Compila «Azioni di affiancamento e tempi».', { exact: false }).first()).toBeVisible();
  await expectAccessible(page);

  await draft.field('Data di redazione').fill('2026-11-23');
  for (const part of PLAN) await draft.field(part).fill(`${part}: com'è andata nell'ultimo mese.`);
  const [preview] = await Promise.all([page.waitForEvent('popup'), draft.button("Anteprima (si apre in un'altra scheda)").click()]);
  expect(preview.url()).toMatch(/\/documenti\/bozze\/[0-9a-f-]{36}\/anteprima$/);
  await preview.close();
  await draft.button('Emetti').click();
  const dialog = draft.dialog('Emetti: Piano di coaching');
  await dialog.isOpen();
  await dialog.confirm('Emetti');
  await documents.isThere();
  await documents.says('Documento emesso: Piano di coaching n. ');
  await expect(documents.of('Output delle attività')).toContainText('redatto il lun 23 nov 2026');
  await expect(page.getByRole('link', { name: 'Continua Piano di coaching' })).toBeHidden();
});

test('what somebody else saved meanwhile is told, and nothing typed is lost', async ({ page, desk, context }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Piano di coaching');
  await draft.isThere('Piano di coaching');

  const other = await context.newPage();
  const beside = new DraftScreen(other);
  await beside.visit(new URL(page.url()).pathname, 'Piano di coaching');
  await beside.field('Obiettivi').fill('Scritto altrove.');
  await beside.field('Situazione di partenza').fill('Solo altrove.');
  await beside.isSaved();
  await other.close();

  await draft.field('Obiettivi').fill('Scritto qui.');
  await expect(draft.alert(/Dati aggiornati da un altro operatore/)).toBeVisible();
  await expect(draft.field('Obiettivi')).toHaveValue('Scritto qui.');

  // Both are put together; where both wrote, one's own words stay and the other's are shown.
  await draft.button('Aggiorna').click();
  await expect(draft.field('Situazione di partenza')).toHaveValue('Solo altrove.');
  await expect(draft.field('Obiettivi')).toHaveValue('Scritto qui.');
  await page.getByText("«Obiettivi»: l'altro testo").click();
  await expect(page.getByText('Scritto altrove.', { exact: true })).toBeVisible();
  await draft.isSaved();
  await expectAccessible(page);
});

test('a conflict in the last question brings in the other text, and loses neither', async ({ page, desk, context }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Piano di coaching');
  await draft.isThere('Piano di coaching');
  for (const part of PLAN) await draft.field(part).fill('Come d\'accordo.');
  await draft.button('Emetti').click();
  const dialog = draft.dialog('Emetti: Piano di coaching');
  await dialog.isOpen();

  const other = await context.newPage();
  const beside = new DraftScreen(other);
  await beside.visit(new URL(page.url()).pathname, 'Piano di coaching');
  await beside.field('Obiettivi').fill('Scritto altrove.');
  await beside.isSaved();
  await other.close();

  await dialog.button('Emetti').click();
  await dialog.button('Aggiorna').click();
  await dialog.isClosed();
  await expect(draft.field('Obiettivi')).toHaveValue('Scritto altrove.');
  await expect(draft.field('Situazione di partenza')).toHaveValue('Come d\'accordo.');
  await page.reload();
  await draft.isThere('Piano di coaching');
  await expect(draft.field('Obiettivi')).toHaveValue('Scritto altrove.');
});

test('a text that is too long is told beside its field while one goes on typing, and saved once it is shorter', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Piano di coaching');
  await draft.isThere('Piano di coaching');
  await draft.field('Obiettivi').fill('a'.repeat(6001));
  await expect(page.getByText('«Obiettivi» ha 6001 caratteri: accorcia il testo entro 6000.')).toBeVisible();
  await page.waitForTimeout(1500);
  await expect(draft.field('Obiettivi')).toBeFocused();
  await expect(page.getByText('Modifiche non ancora salvate…')).toBeVisible();
  await page.keyboard.press('Backspace');
  await draft.isSaved();
});

test('without an answer the words wait, and are saved once the server is back', async ({ page, desk, context, watch }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Piano di coaching');
  await draft.isThere('Piano di coaching');
  // The first answer is lost on its way: the server has saved it all the same.
  let lost = false;
  await page.route('**/api/document/save', async (route) => {
    if (lost) return route.continue();
    lost = true;
    await context.request.post(route.request().url(), { data: route.request().postDataJSON(), headers: { origin: new URL(page.url()).origin } });
    await route.abort('connectionreset');
  });
  await watch.whileAway(async () => {
    await draft.field('Obiettivi').fill('Prima parola.');
    await expect(draft.alert(/./)).toBeVisible();
  });
  await draft.field('Obiettivi').fill('Prima parola, e la seconda.');
  await draft.isSaved();
  await page.reload();
  await draft.isThere('Piano di coaching');
  await expect(draft.field('Obiettivi')).toHaveValue('Prima parola, e la seconda.');
});

test('a link into another area asks before it takes words away that are not saved yet', async ({ page, desk, watch }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Piano di coaching');
  await draft.isThere('Piano di coaching');
  let asked = 0;
  page.on('dialog', async (dialog) => {
    asked += 1;
    await dialog.dismiss();
  });
  await page.route('**/api/document/save', (route) => route.abort('connectionreset'));
  await watch.whileAway(async () => {
    await draft.field('Obiettivi').fill('Non ancora salvato.');
    await page.evaluate(() => document.querySelector<HTMLAnchorElement>('a[href="/regole"]')?.click());
    await expect.poll(() => asked).toBe(1);
    await expect(draft.field('Obiettivi')).toHaveValue('Non ancora salvato.');
    await page.unroute('**/api/document/save');
  });
  await draft.isSaved();
});

test('a draft that is not wanted is thrown away', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
  await documents.open(id);
  await documents.write('Relazione del colloquio esplorativo');
  await draft.isThere('Relazione del colloquio esplorativo');
  await draft.button('Elimina la bozza').click();
  const dialog = draft.dialog('Elimina la bozza');
  await dialog.isOpen();
  await dialog.confirm('Elimina');
  await documents.isThere();
  await documents.says('Bozza eliminata.');
  await expect(page.getByRole('link', { name: /^Continua / })).toHaveCount(0);
});

test('an output made elsewhere is issued behind its cover; what is no document is refused with a clear sentence (R33)', async ({ page, context, desk, watch }) => {
  const { id } = await desk.dossier();
  const documents = new DocumentsScreen(page);
  await documents.open(id);
  const form = await documents.unfold('Carica un output fatto altrove', 'Carica un output');
  const [file, send] = [form.getByLabel(/^File/), form.getByRole('button', { name: 'Carica ed emetti' })];
  await form.getByRole('combobox', { name: "Che cos'è" }).selectOption({ label: 'Relazione del colloquio esplorativo' });
  await form.getByRole('combobox', { name: 'Attività' }).selectOption({ label: 'Colloqui esplorativi' });

  const refused: [string, Buffer, string][] = [
    ['vuoto.pdf', Buffer.alloc(0), 'Il file è vuoto (0 byte)'],
    ['programma.exe', Buffer.from('MZ'), 'Il contenuto è un file .exe, che non si può caricare'],
    ['lungo.pdf', Buffer.alloc(16 << 20, ' '), 'il massimo è 15 MB'],
  ];
  for (const [name, buffer, sentence] of refused) {
    await file.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await send.click();
    await expect(form).toContainText(sentence);
  }
  // Only its content tells that this is no PDF: the server says so.
  watch.expect(/\/documenti\/carica$/, 422);
  await file.setInputFiles({ name: 'piano.pdf', mimeType: 'application/pdf', buffer: Buffer.from('PK\u0003\u0004 non un PDF') });
  await send.click();
  await expect(form).toContainText('Il contenuto');
  await expectAccessible(page);

  // A PDF as another program makes it.
  const elsewhere = await context.newPage();
  await elsewhere.setContent('<h1>Colloquio esplorativo</h1>');
  const made = await elsewhere.pdf();
  await elsewhere.close();
  await file.setInputFiles({ name: 'colloquio.pdf', mimeType: 'application/pdf', buffer: made });
  await send.click();
  await documents.says('Documento emesso: output n. ');
  const paper = documents.of('Output delle attività').getByRole('listitem').filter({ hasText: /Relazione del colloquio esplorativo n\. \d+\/2026/ });
  await expect(paper).toContainText('redatto il lun 23 nov 2026');
  const original = await documents.take(paper.getByRole('link', { name: /^Originale PDF di / }));
  expect(original.bytes.equals(made)).toBe(true);
});

test.describe('the final report', () => {
  test.use({ ownServer: true });

  test('begins with what was delivered, asks for three analyses after a failure, and is locked once delivered (R34, R35)', async ({ page, desk }) => {
    const id = await desk.idOf(CONCLUDED);
    const [documents, draft, dossier] = [new DocumentsScreen(page), new DraftScreen(page), new DossierScreen(page)];
    await documents.open(id);
    await expect(documents.missing).toContainText('Relazione sugli esiti da consegnare al CPI');
    await documents.write('Relazione finale sugli esiti');
    await draft.isThere('Relazione finale sugli esiti');
    await expect(draft.field('Attività svolte')).toHaveValue(/Colloqui esplorativi/);

    await expect(draft.field('Criticità riscontrate')).toBeHidden();
    await draft.outcome.selectOption({ label: 'Insuccesso' });
    for (const part of ANALYSES) await expect(draft.field(part)).toBeVisible();
    for (const part of REPORT.slice(1)) {
      await draft.field(part).fill('Da verificare con il responsabile di reparto.');
    }
    await draft.button('Consegna al CPI').click();
    await expect(page.getByText('Compila «Criticità riscontrate».', { exact: false }).first()).toBeVisible();
    await expectAccessible(page);
    for (const part of ANALYSES) await draft.field(part).fill('Turni cambiati due volte in ottobre.');
    await draft.button('Consegna al CPI').click();
    const dialog = draft.dialog('Consegna al CPI: Relazione finale sugli esiti');
    await dialog.isOpen();
    await dialog.confirm('Consegna al CPI');
    await documents.isThere();
    await documents.says('Documento emesso: Relazione finale sugli esiti n. 1/2026.');
    await expect(documents.button('Scrivi Relazione finale sugli esiti')).toHaveCount(0);
    await expect(documents.missing).not.toContainText('Relazione sugli esiti');

    await dossier.open(id, CONCLUDED);
    await expect(dossier.region('Documenti dovuti')).not.toContainText('Relazione sugli esiti');
  });
});

test.describe('a coach', () => {
  test.use({ as: 'coach', ownServer: true });

  test('writes what coaches write, and finds neither the register nor the whole dossier', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    await desk.enter(id, 'on_the_job_training', { coach: OWN_COACH, on: desk.week().on('mon'), from: '09:00', to: '10:00' });
    const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
    await documents.open(id);
    await expect(documents.of('Registro attività')).toHaveCount(0);
    await expect(documents.bundle).toHaveCount(0);
    await expect(page.getByText('Non manca nessun documento')).toHaveCount(0);
    await documents.write('Piano di coaching');
    await draft.isThere('Piano di coaching');
    await draft.field('Obiettivi').fill('Arrivare puntuale con l\'autobus delle sette.');
    await draft.isSaved();
    await expect(page.getByText("la emette l'operatore dell'ente", { exact: false })).toBeVisible();
    await expect(draft.button('Emetti')).toHaveCount(0);
  });

  test('delivers the report of a service that was interrupted, which can only tell of a failure (R35)', async ({ page, desk }) => {
    const { id } = await desk.dossier();
    await desk.enter(id, 'on_the_job_training', { coach: OWN_COACH, on: desk.week().on('tue'), from: '09:00', to: '10:00' });
    await desk.interrupt(id, 'Dimissioni per trasferimento');
    const [documents, draft] = [new DocumentsScreen(page), new DraftScreen(page)];
    await documents.open(id);
    await documents.write('Relazione finale sugli esiti');
    await draft.isThere('Relazione finale sugli esiti');
    await draft.outcome.selectOption({ label: 'Successo' });
    for (const part of REPORT) await draft.field(part).fill('Ha lavorato con costanza fino alle dimissioni.');
    await draft.button('Consegna al CPI').click();
    await expect(page.getByRole('form').getByRole('alert')).toContainText('Insuccesso');
    await expectAccessible(page);
    await draft.outcome.selectOption({ label: 'Insuccesso' });
    for (const part of ANALYSES) await draft.field(part).fill('Il trasferimento della famiglia.');
    await draft.button('Consegna al CPI').click();
    const dialog = draft.dialog('Consegna al CPI: Relazione finale sugli esiti');
    await dialog.isOpen();
    await expect(dialog.root).toContainText('Insuccesso');
    await dialog.confirm('Consegna al CPI');
    await documents.isThere();
    await documents.says('Documento emesso: Relazione finale sugli esiti n. 1/2026.');
  });
});
