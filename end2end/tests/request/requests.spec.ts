// The list of requests: order, filters, what is in the address and what never is, the keyboard.
import { expect, test } from '../../fixtures/test.ts';
import { RequestScreen, RequestsScreen } from '../../pages/requests.ts';

/** Days left, as the list writes them; more than any when there is no term any more. */
function daysLeft(row: string): number {
  if (row.includes('ultimo giorno')) return 0;
  return Number(/(\d+) giorn[oi]/.exec(row)?.[1] ?? 99);
}

test('requests stand in order of fewest days left', async ({ page }) => {
  const list = new RequestsScreen(page);
  await list.open();
  const days = (await list.rows.allInnerTexts()).map(daysLeft);
  expect(days.filter((left) => left < 99).length).toBeGreaterThan(20);
  expect(days).toEqual([...days].sort((a, b) => a - b));
  await expect(list.count(/richieste · \d+ scadono oggi/)).toBeVisible();
  await expect(list.rows.first()).toContainText(/Approvata.*JC-2026-.*5 attività · 6[08] h.*CPI .*(Base|Rinforzato).*Padova/i);
});

test('filters combine, and survive a reload and the way back', async ({ page, desk }) => {
  const list = new RequestsScreen(page);
  const wanted = (await desk.requests({ states: 'pending', voucher: 'base', within: '4' })).map((row) => row.opal_code);
  expect(wanted.length).toBeGreaterThan(1);
  const shows = async () => {
    await expect(list.count(new RegExp(`^${wanted.length} richieste`))).toBeVisible();
    await expect(list.rows.getByRole('rowheader')).toHaveText(wanted);
    await expect(list.state('Approvata')).toBeChecked();
    await expect(list.field('Scade entro giorni')).toHaveValue('4');
    await list.more();
    await expect(list.select('Tipo voucher').getByRole('option', { selected: true })).toHaveText(/base/i);
  };
  await list.open();
  await list.search({ states: ['Approvata'], within: '4', voucher: 'base' });
  await shows();
  await expect(page).toHaveURL(/states=pending/);
  await expect(page).toHaveURL(/voucher=base/);
  await expect(page).toHaveURL(/within=4/);

  await page.reload();
  await list.isThere();
  await shows();

  await list.icons.first().click();
  await new RequestScreen(page).isThere(wanted[0] ?? '');
  await page.goBack();
  await list.isThere();
  await shows();

  await list.mask.getByRole('button', { name: 'Azzera' }).click();
  await expect(page).toHaveURL(/\/richieste$/);
  await expect(list.state('Approvata')).not.toBeChecked();
  await page.goBack();
  await shows();
});

test('a surname and a tax code are searched without ever being in the address', async ({ page, desk }) => {
  const list = new RequestsScreen(page);
  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(frame.url()));
  page.on('request', (request) => visited.push(request.url()));
  const { opal_code: opal, id, person } = await desk.pending({ atLeast: 0 });
  const taxCode = await desk.taxCode(id);

  await list.open();
  await list.search({ surname: person.last });
  await expect(page).toHaveURL(/ricerca=/);
  await expect(list.row(opal)).toBeVisible();
  await expect(list.rows.filter({ hasNotText: person.last })).toHaveCount(0);
  await page.reload();
  await list.isThere();
  await expect(list.field('Cognome')).toHaveValue(person.last);
  await expect(list.row(opal)).toBeVisible();

  await list.mask.getByRole('button', { name: 'Azzera' }).click();
  await expect(page).toHaveURL(/\/richieste$/);
  await list.search({ taxCode: taxCode.toLowerCase() });
  await expect(list.rows).toHaveCount(1);
  await expect(list.row(opal)).toBeVisible();

  const everywhere = visited.join('\n').toLowerCase();
  expect(everywhere).not.toContain(encodeURIComponent(person.last.toLowerCase()));
  expect(everywhere).not.toContain(taxCode.toLowerCase());
});

test('a tax code that cannot be one is said beside its field', async ({ page }) => {
  const list = new RequestsScreen(page);
  await list.open();
  await list.search({ taxCode: 'RSSMRA80A01H501X' });
  await expect(list.mask.getByRole('alert')).toContainText('Controlla un campo');
  await expect(list.field('Codice fiscale')).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(/\/richieste$/);
});

test('nothing found is said, with a way out', async ({ page }) => {
  const list = new RequestsScreen(page);
  await list.open('?opal_code=JC-0000-000000');
  await expect(page.getByText('Nessuna richiesta con questi filtri')).toBeVisible();
  await page.getByRole('link', { name: 'Azzera i filtri' }).click();
  await expect(list.rows.first()).toBeVisible();
  await expect(list.field('Codice OPAL')).toHaveValue('');
});

test('Carica altre adds the rows that follow', async ({ page, desk }) => {
  const all = (await desk.requests()).map((row) => row.opal_code);
  const list = new RequestsScreen(page);
  await list.open();
  await expect(list.rows).toHaveCount(50);
  await expect(list.count(`Mostrate 50 di ${all.length}`)).toBeVisible();
  await page.getByRole('button', { name: 'Carica altre' }).click();
  await expect(list.rows).toHaveCount(all.length);
  await expect(list.rows.getByRole('rowheader')).toHaveText(all);
  await expect(page.getByRole('button', { name: 'Carica altre' })).toHaveCount(0);
});

test('by keyboard: arrows move along the rows and Enter opens one', async ({ page }) => {
  const list = new RequestsScreen(page);
  await list.open();
  await list.icons.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(list.icons.nth(2)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(list.icons.nth(1)).toBeFocused();
  const opal = await list.rows.nth(1).getByRole('rowheader').innerText();
  await page.keyboard.press('Enter');
  await new RequestScreen(page).isThere(opal);
});

test('the profile of the beneficiary says that looking is recorded', async ({ page, desk }) => {
  const { id, opal_code, person } = await desk.pending({ atLeast: 0 });
  const request = new RequestScreen(page);
  await request.open(id, opal_code);
  await request.profile.click();
  await request.arrived('Profilo del beneficiario');
  await expect(page.getByText('Questa consultazione è registrata')).toBeVisible();
  await expect(request.region('Anagrafica e contatti')).toContainText(person.last);
  await page.getByRole('link', { name: 'Indietro' }).click();
  await request.isThere(opal_code);
});
