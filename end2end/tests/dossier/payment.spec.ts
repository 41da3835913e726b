// Rendicontazione: what can be paid, what blocks the rest, and the list as a file. The server is one of its own, so that its dossiers are those of the demonstration.
import { expectAccessible } from '../../fixtures/axe.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DossierScreen } from '../../pages/policies.ts';
import { PaymentsScreen } from '../../pages/payments.ts';

/** Concluded, one whose voucher has ended, and one in which nothing was delivered; all of Padova. */
const [CONCLUDED, ENDED, NOTHING] = ['JC-2026-110295', 'JC-2026-110288', 'JC-2026-110042'];

test.describe('the office', () => {
  test.use({ ownServer: true });

  test('sees what each dossier is worth and what blocks it, and narrows the list by its address', async ({ page }) => {
    const screen = new PaymentsScreen(page);
    await screen.visit('/', 'Cruscotto');
    await screen.choose('Rendicontazione');
    await expect(screen.row(CONCLUDED)).toContainText('12 erogazioni senza firme');
    await expect(screen.row(CONCLUDED)).toContainText('Relazione sugli esiti da consegnare al CPI');
    await expect(screen.row(CONCLUDED)).toContainText('1.720,00');
    await expect(screen.row(ENDED)).toContainText('3 attività da concludere');

    await screen.find({ Stato: 'Concluso' });
    await expect(page).toHaveURL(/\/rendicontazione\?status=concluded$/);
    expect(await screen.codes(1)).toEqual([CONCLUDED]);
    await expect(screen.totals).toContainText('1.720,00');
    await page.reload();
    await screen.arrived('Rendicontazione');
    await expect(screen.field('Stato')).toHaveValue('concluded');
    expect(await screen.codes(1)).toEqual([CONCLUDED]);

    await page.goBack();
    await expect(screen.field('Stato')).toHaveValue('');
    await expect(screen.row(ENDED)).toBeVisible();

    await screen.find({ Pagamento: 'Solo pronti' });
    await expect(page.getByText('Nessun fascicolo con questi filtri')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Azzera i filtri' }).click();
    await screen.row(CONCLUDED).getByRole('link').click();
    await new DossierScreen(page).isThere(CONCLUDED);
  });

  test('counts what was delivered in a period, and is told of one that runs backwards', async ({ page }) => {
    const screen = new PaymentsScreen(page);
    await screen.open();
    await expect(screen.row(NOTHING)).toContainText('Nessuna ora erogata');
    await screen.find({ 'Erogate dal': '2026-12-01', 'Erogate al': '2026-11-01' });
    await expect(screen.mask.getByRole('alert')).toContainText('La seconda data precede la prima');
    await expect(screen.field('Erogate dal')).toHaveValue('2026-12-01');
    await expectAccessible(page);
    await screen.find({ 'Erogate dal': '2026-11-01', 'Erogate al': '2026-11-30' });
    await expect(page).toHaveURL(/from=2026-11-01&to=2026-11-30/);
    await expect(page.getByText('contano solo le erogazioni del periodo')).toBeVisible();
    await expect(screen.row(CONCLUDED)).toBeVisible();
    await expect(screen.row(NOTHING)).toBeHidden();
  });

  test('takes the list away as a file that holds what is shown', async ({ page }) => {
    const screen = new PaymentsScreen(page);
    await screen.open(`?opal_code=JC-2026-1102`);
    const shown = await page.getByRole('rowheader').getByRole('link').allInnerTexts();
    expect(shown).toContain(CONCLUDED);
    const { name, bytes } = await screen.save('CSV');
    expect(name).toBe('rendicontazione-2026-11-23.csv');
    const [head, ...lines] = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFCodice OPAL;Cognome;/);
    expect(lines.pop()).toContain('Valori dimostrativi');
    expect(lines.map((line) => line.split(';')[0])).toEqual(shown);
    const book = await screen.save('XLSX');
    expect(book.name).toBe('rendicontazione-2026-11-23.xlsx');
    expect(book.bytes.subarray(0, 2).toString()).toBe('PK');
    // The page stays as it was.
    await expect(page).toHaveURL(/rendicontazione\?opal_code=JC-2026-1102$/);
    await expect(screen.row(CONCLUDED)).toBeVisible();
  });

  test('works by keys alone, and nothing is wider than a small screen', async ({ page }) => {
    const screen = new PaymentsScreen(page);
    await page.setViewportSize({ width: 320, height: 800 });
    await screen.open();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await screen.field('Codice OPAL').focus();
    await page.keyboard.type(ENDED);
    await page.keyboard.press('Enter');
    expect(await screen.codes(1)).toEqual([ENDED]);
    const file = page.getByRole('link', { name: 'Esporta CSV' });
    await file.focus();
    const download = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: ENDED })).toBeFocused();
    await page.keyboard.press('Enter');
    await new DossierScreen(page).isThere(ENDED);
  });
});

test.describe('a coach', () => {
  test.use({ as: 'coach' });

  test('accounts for nothing: neither entry, nor page, nor file', async ({ page, watch }) => {
    const screen = new PaymentsScreen(page);
    watch.expect(/^\/rendicontazione/, 404);
    await screen.visit('/', 'Cruscotto');
    await expect(screen.menu.getByRole('link', { name: 'Rendicontazione', includeHidden: true })).toHaveCount(0);
    for (const path of ['/rendicontazione', '/rendicontazione.csv', '/rendicontazione.xlsx']) {
      expect((await page.goto(path))?.status()).toBe(404);
      await screen.arrived('Pagina non trovata');
    }
  });
});
