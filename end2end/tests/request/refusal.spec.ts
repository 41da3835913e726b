// Refusing a request, and the term that passes (R6, R7, R8).
import { expect, test } from '../../fixtures/test.ts';
import { RequestScreen, RequestsScreen } from '../../pages/requests.ts';

test('a refusal tells the duty, and wants a category and a reason of real words', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.pending();
  const request = new RequestScreen(page);
  await request.open(id, opal);
  await request.refuseButton.click();
  const dialog = request.dialog('Rifiuta la richiesta');
  await dialog.isOpen();
  await expect(dialog.root).toContainText('tenuti alla presa in carico di tutti gli utenti');
  await expect(dialog.root).toContainText('esclusivamente in presenza di impedimenti oggettivi');
  await expect(dialog.root).toContainText(opal);
  const confirm = dialog.button('Rifiuta la richiesta');
  const summary = dialog.root.getByRole('alert');
  const reason = dialog.root.getByRole('textbox', { name: 'Motivazione' });

  await confirm.click();
  await expect(summary.getByRole('link')).toHaveText([/tipo di impedimento/, /Scrivi la motivazione/]);

  await dialog.root.getByRole('radio', { name: 'Altro impedimento oggettivo' }).check();
  await reason.fill('                              ');
  await confirm.click();
  await expect(summary.getByRole('link')).toHaveText([/Scrivi la motivazione: servono almeno 20 caratteri, ce ne sono 0/]);

  await reason.fill('Sede chiusa');
  await confirm.click();
  await expect(summary).toContainText('ce ne sono 11');
  await summary.getByRole('link').click();
  await expect(reason).toBeFocused();
  await expect(reason).toHaveValue('Sede chiusa');

  await reason.fill('La sede è chiusa per lavori fino a marzo.');
  await dialog.confirm('Rifiuta la richiesta');
  await request.isDecided();
  await expect(request.outcome).toContainText('Rifiutata');
  await expect(request.outcome).toContainText('Altro impedimento oggettivo');
  await expect(request.outcome).toContainText('La sede è chiusa per lavori fino a marzo.');
  await expect(request.outcome).toContainText('Giulia Rossi');
  await page.reload();
  await request.isThere(opal);
  await request.isDecided();
});

test('leaving the refusal by Indietro decides nothing', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.pending();
  const request = new RequestScreen(page);
  await request.open(id, opal);
  await request.refuseButton.click();
  const dialog = request.dialog('Rifiuta la richiesta');
  await dialog.root.getByRole('radio', { name: 'Altro impedimento oggettivo' }).check();
  await dialog.root.getByRole('textbox', { name: 'Motivazione' }).fill('La sede è chiusa per lavori fino a marzo.');
  await dialog.back.click();
  await dialog.isClosed();
  await page.reload();
  await request.isThere(opal);
  await expect(request.admitButton).toBeEnabled();
});

test('a request that somebody else decided meanwhile is not decided again', async ({ page, desk }) => {
  const { id, opal_code: opal } = await desk.pending();
  const request = new RequestScreen(page);
  await request.open(id, opal);
  await desk.refuse(id);
  await request.admitButton.click();
  const dialog = request.dialog('Ammissione al servizio');
  await dialog.button('Procedi').click();
  await expect(dialog.root.getByRole('alert')).toContainText(/Dati aggiornati da un altro operatore|già stata decisa/);
  const refresh = dialog.button('Aggiorna');
  if (await refresh.isVisible()) await refresh.click();
  else await page.reload();
  await request.isDecided();
  await expect(request.outcome).toContainText('Rifiutata');
});

test.describe('when the term passes', () => {
  test.use({ ownServer: true });

  test('the last day still decides, the next finds the request Cancellata, even from a stale page', async ({ page, desk, server }) => {
    const [first, second] = (await desk.requests({ states: 'pending', within: '0' })).filter((row) => row.days_left === 0);
    if (!first || !second) throw new Error('the demonstration has two requests on their last day');
    const request = new RequestScreen(page);

    await server.clock('2026-11-23T23:59');
    await request.open(first.id, first.opal_code);
    await expect(page.getByText("Oggi è l'ultimo giorno per decidere.")).toBeVisible();
    await request.admit();

    await request.open(second.id, second.opal_code);
    await server.clock('2026-11-24T00:00');
    await request.admitButton.click();
    const dialog = request.dialog('Ammissione al servizio');
    await dialog.button('Procedi').click();
    await expect(dialog.root.getByRole('alert')).toContainText(/cancellata|Dati aggiornati/);

    await request.open(second.id, second.opal_code);
    await request.isDecided();
    await expect(request.outcome).toContainText('Cancellata (termine scaduto)');
    const list = new RequestsScreen(page);
    await list.open(`?opal_code=${second.opal_code}`);
    await expect(list.rows.first()).toContainText('Cancellata (termine scaduto)');
  });
});
