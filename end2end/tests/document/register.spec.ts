// The register and the attestation: issued, signed by a scan, verified by anybody, and taken away with all of the dossier.
import { expectAccessible } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DocumentsScreen, DraftScreen, VerificationScreen } from '../../pages/documents.ts';
import { DossierScreen } from '../../pages/policies.ts';
import { Screen } from '../../pages/screen.ts';

/** Its five activities are Terminata; twelve sessions were delivered. */
const CONCLUDED = 'JC-2026-110295';
/** One white pixel. */
const SCAN = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');

test.use({ ownServer: true });

test('the register is looked at, issued by keyboard, and its older issue stays behind the newer (R31)', async ({ page, desk }) => {
  const id = await desk.idOf(CONCLUDED);
  const [dossier, documents] = [new DossierScreen(page), new DocumentsScreen(page)];
  await dossier.open(id, CONCLUDED);
  await page.getByRole('link', { name: 'Documenti', exact: true }).click();
  await documents.isThere();
  await expect(documents.missing).toContainText('12 erogazioni senza firme');

  const looked = await page.request.get((await documents.preview('Registro attività').getAttribute('href')) ?? '');
  expect([looked.status(), looked.headers()['content-type'], (await looked.body()).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);

  await documents.button('Emetti Registro attività').focus();
  await page.keyboard.press('Enter');
  const dialog = documents.dialog('Emetti Registro attività');
  await dialog.isOpen();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await expect(dialog.button('Emetti')).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.isClosed();
  await documents.says('Documento emesso: Registro attività n. 1/2026.');
  const first = documents.issued('Registro attività n. 1/2026');
  await expect(first).toContainText('In vigore');
  const file = await documents.take(first.getByRole('link', { name: /^PDF di Registro attività n\. 1\/2026 \(\d+ KB\)$/ }));
  expect([file.name, file.bytes.subarray(0, 5).toString()]).toEqual(['registro-attivita-1-2026.pdf', '%PDF-']);

  await documents.issue('Registro attività');
  await documents.says('Documento emesso: Registro attività n. 2/2026.');
  await expect(documents.issued('Registro attività n. 2/2026')).toContainText('In vigore');
  await expect(first).toBeHidden();
  await documents.of('Registro attività').getByText('Versioni precedenti (1)').click();
  await expect(first).toContainText('Non più in vigore');
  await expectAccessible(page);

  await documents.issue('Attestazione del servizio erogato');
  await expect(documents.issued('Attestazione del servizio erogato n. 3/2026')).toBeVisible();
});

test('the scan of the signed register signs its rows, and the rows that it leaves out stay listed (R32)', async ({ page, desk }) => {
  const documents = new DocumentsScreen(page);
  await documents.open(await desk.idOf(CONCLUDED));
  await documents.issue('Registro attività');
  const form = await documents.unfold('Carica il registro firmato', 'Carica il registro firmato');
  const file = form.getByLabel('Scansione');

  // Everything that is missing is named at once, and nothing chosen is lost.
  await form.getByRole('button', { name: 'Carica la scansione' }).click();
  await expect(form).toContainText('Indica chi ha firmato per il destinatario');
  await expect(form).toContainText('Il file è vuoto');
  await form.getByRole('combobox', { name: 'Chi ha firmato per il destinatario' }).selectOption({ label: 'Referente aziendale' });
  await file.setInputFiles({ name: 'registro.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
  await form.getByRole('button', { name: 'Carica la scansione' }).click();
  await expect(form).toContainText('Scrivi nome e cognome del referente aziendale');
  await expect(form).toContainText('Il contenuto è un file .exe, che non si può caricare');
  await expectAccessible(page);

  await form.getByRole('textbox', { name: 'Nome e cognome del referente aziendale' }).fill('Elena Zanin');
  await form.getByRole('group', { name: 'Righe senza firma' }).getByRole('checkbox').last().check();
  await file.setInputFiles({ name: 'registro.png', mimeType: 'image/png', buffer: SCAN });
  await form.getByRole('button', { name: 'Carica la scansione' }).click();
  await documents.says('Registro firmato caricato.');
  await expect(documents.of('Registro attività')).toContainText('11 righe firmate · Referente aziendale');
  await expect(documents.of('Registro attività')).toContainText('12 erogazioni concluse, 1 senza firme.');
  await expect(documents.missing).toContainText('1 erogazione senza firme');
  await expect(page.getByRole('heading', { name: 'Registro attività' })).toBeFocused();
  const scan = await documents.take(documents.of('Registro attività').getByRole('link', { name: /^PNG di scansione del / }));
  expect(scan.bytes.equals(SCAN)).toBe(true);
});

test('a register that lies half signed on a desk while a newer one is issued is uploaded all the same', async ({ page, desk }) => {
  const documents = new DocumentsScreen(page);
  await documents.open(await desk.idOf(CONCLUDED));
  await documents.issue('Registro attività');
  await documents.issue('Registro attività');
  const form = await documents.unfold('Carica il registro firmato', 'Carica il registro firmato');
  const register = form.getByRole('combobox', { name: 'Quale registro' });
  await expect(register.getByRole('option', { selected: true })).toHaveText(/^n\. 2\/2026 del lun 23 nov 2026/);
  await register.selectOption({ index: 2 });
  await form.getByRole('combobox', { name: 'Chi ha firmato per il destinatario' }).selectOption({ label: 'Titolare del voucher' });
  for (const box of (await form.getByRole('checkbox').all()).slice(2)) await box.check();
  await form.getByLabel('Scansione').setInputFiles({ name: 'registro.png', mimeType: 'image/png', buffer: SCAN });
  await form.getByRole('button', { name: 'Carica la scansione' }).click();
  await documents.says('Registro firmato caricato.');
  await documents.of('Registro attività').getByText('Versioni precedenti (1)').click();
  await expect(documents.issued('Registro attività n. 1/2026')).toContainText('2 righe firmate · Titolare del voucher');
  await expect(documents.of('Registro attività')).toContainText('12 erogazioni concluse, 10 senza firme.');
  await expect(form.getByRole('checkbox')).toHaveCount(10);
  await expect(form.getByRole('checkbox', { checked: true })).toHaveCount(0);
});

test('whoever holds a paper verifies its code without signing in, and learns no name', async ({ page, desk, browser, baseURL }) => {
  const documents = new DocumentsScreen(page);
  await documents.open(await desk.idOf(CONCLUDED));
  const person = (await page.getByText(`${CONCLUDED} · `).first().innerText()).split(' · ')[1] ?? '';
  await documents.issue('Registro attività');
  const code = await documents.issued('Registro attività n. 1/2026').getByRole('link', { name: /^(\w{4} ){3}\w{4}$/ }).innerText();

  const outside = await browser.newContext({ baseURL: baseURL ?? '', storageState: { cookies: [], origins: [] } });
  const screen = new Screen(await outside.newPage());
  const verification = new VerificationScreen(screen);
  await verification.open();
  await expectAccessible(screen.page);
  await verification.type(code.toLowerCase());
  await expect(screen.page).toHaveURL(new RegExp(`/verifica/${code.replaceAll(' ', '')}$`));
  const main = screen.page.getByRole('main');
  await expect(main).toContainText(/Il codice è autentico\. Documento: Registro attività n\. 1\/2026 di .*, emesso il 23\/11\/2026\./);
  await expect(main).toContainText('I dati del fascicolo sono quelli riportati sul documento.');
  expect(person.length).toBeGreaterThan(5);
  for (const word of [...person.split(' '), CONCLUDED]) await expect(main).not.toContainText(word);
  await expectAccessible(screen.page);

  // As the QR leads there; and a code that no paper has.
  await screen.page.reload();
  await expect(main).toContainText('Il codice è autentico');
  await verification.type('0000 0000 0000 0000');
  await expect(screen.page.getByText('Nessun documento ha questo codice.')).toBeVisible();

  // What is no code stays out of the address.
  await verification.type('RSSMRA80A01H501U');
  await expect(screen.page.getByText('Scrivi le sedici lettere e cifre del codice', { exact: false })).toBeVisible();
  await expect(screen.page).toHaveURL(/\/verifica\/0{16}$/);

  // The older issue says that there is a newer one.
  await documents.issue('Registro attività');
  await verification.open(code.replaceAll(' ', ''));
  await expect(main).toContainText('È stato sostituito da un documento più recente.');
  await outside.close();
});

test('all of a dossier is taken away as one file', async ({ page, desk }) => {
  const documents = new DocumentsScreen(page);
  await documents.open(await desk.idOf(CONCLUDED));
  const { name, bytes } = await documents.take(documents.bundle);
  expect([name, bytes.subarray(0, 2).toString()]).toEqual([`fascicolo-${CONCLUDED}.zip`, 'PK']);
});

test('a paper whose data have changed since says so, on the page and to who verifies it', async ({ page, desk }) => {
  const { id } = await desk.dossier();
  await desk.deliver(id, 'exploratory_interviews', desk.thisMorning());
  const documents = new DocumentsScreen(page);
  await documents.open(id);
  await documents.issue('Registro attività');
  const paper = documents.issued('Registro attività n. 1/2026');
  await expect(paper).not.toContainText('sono cambiati');
  await desk.deliver(id, 'exploratory_interviews', desk.thisMorning());
  await documents.open(id);
  await expect(paper).toContainText("I dati del fascicolo sono cambiati dopo l'emissione.");
  await paper.getByRole('link', { name: /^(\w{4} ){3}\w{4}$/ }).click();
  await expect(page.getByRole('main')).toContainText('Il codice è autentico');
  await expect(page.getByRole('main')).toContainText("Dopo l'emissione i dati del fascicolo sono cambiati");
});

test('a read-only dossier keeps its papers and takes no more (R38)', async ({ page, desk, server }) => {
  const id = await desk.idOf(CONCLUDED);
  const documents = new DocumentsScreen(page);
  await documents.open(id);
  await documents.issue('Registro attività');
  await documents.write('Piano di coaching');
  const draft = new DraftScreen(page);
  await draft.isThere('Piano di coaching');
  await server.clock('2028-01-17T10:00');

  await page.reload();
  await draft.isThere('Piano di coaching');
  await expect(page.getByText(/R38|sola lettura/).first()).toBeVisible();
  await expect(draft.field('Obiettivi')).toBeDisabled();
  await documents.open(id);
  await expect(page.getByRole('button', { name: /^(Emetti|Scrivi)/ })).toHaveCount(0);
  await expect(page.getByText('Carica il registro firmato')).toHaveCount(0);
  await expect(page.getByText('Carica un output fatto altrove')).toHaveCount(0);
  const file = await documents.take(documents.issued('Registro attività n. 1/2026').getByRole('link', { name: /^PDF di / }));
  expect(file.bytes.subarray(0, 5).toString()).toBe('%PDF-');
});
