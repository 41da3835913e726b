// Pictures of every page and of the dialogs, into the folder named by SHOTS.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Desk } from '../fixtures/desk.ts';
import { expect, test } from '../fixtures/test.ts';

const FOLDER = process.env['SHOTS'] ?? join(tmpdir(), 'shots');

test.use({ ownServer: true });

async function shoot(page: Page, name: string, whole = true): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const width = page.viewportSize()?.width;
  await page.screenshot({ path: join(FOLDER, `${name}-${width}.png`), fullPage: whole, animations: 'disabled' });
}

test('operatore', async ({ page, desk, watch }) => {
  test.slow();
  watch.expect(/^\/nessuna$/, 404);
  const { id } = await desk.pending();
  const soon = (await desk.requests({ states: 'pending', within: '0' }))[0]?.id;
  const find = async (opal_code: string) => (await desk.requests({ opal_code, states: 'admitted' }))[0]?.id ?? '';
  const [running, full, ended, concluded] = [await find('JC-2026-110188'), await find('JC-2026-110187'), await find('JC-2026-110288'), await find('JC-2026-110295')];
  const refused = (await desk.requests({ states: 'refused' }))[0]?.id;
  for (const [name, path] of Object.entries({
    cruscotto: '/',
    richieste: '/richieste',
    'richieste-vuoto': '/richieste?opal_code=JC-0000',
    richiesta: `/richieste/${id}`,
    'richiesta-ultimo-giorno': `/richieste/${soon}`,
    'richiesta-rifiutata': `/richieste/${refused}`,
    'richiesta-ammessa': `/richieste/${running}`,
    profilo: `/richieste/${id}/profilo`,
    'politiche-attive': '/politiche-attive',
    dossier: `/dossier/${running}`,
    'dossier-concluso': `/dossier/${concluded}`,
    attivita: `/dossier/${running}/attivita/on_the_job_training`,
    'attivita-piena': `/dossier/${full}/attivita/on_the_job_training`,
    'attivita-terminata': `/dossier/${concluded}/attivita/on_the_job_training`,
    'attivita-voucher-chiuso': `/dossier/${ended}/attivita/on_the_job_training`,
    'attivita-vuota': `/dossier/${running}/attivita/final_evaluation`,
    documenti: `/dossier/${concluded}/documenti`,
    verifica: '/verifica',
    agenda: '/agenda?vista=settimana',
    avvisi: '/avvisi',
    'manca-qualcosa': '/manca-qualcosa',
    rendicontazione: '/rendicontazione',
    regole: '/regole',
    'non-trovata': '/nessuna',
  })) {
    await page.goto(path);
    await shoot(page, name);
  }

  await page.goto(`/richieste/${id}`);
  await page.getByRole('button', { name: 'Ammissione al servizio' }).click();
  await shoot(page, 'dialogo-ammissione', false);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rifiuta la richiesta' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rifiuta la richiesta' }).click();
  await shoot(page, 'dialogo-rifiuto', false);

  await page.goto(`/dossier/${running}/attivita/on_the_job_training`);
  await page.getByRole('button', { name: /^Concludi erogazione/ }).first().click();
  await shoot(page, 'dialogo-concludi', false);
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Seleziona tutte le inserite' }).check();
  await shoot(page, 'attivita-scelta');
  await page.goto(`/dossier/${running}/attivita/context_analysis`);
  await page.getByRole('button', { name: 'Concludi attività' }).click();
  await shoot(page, 'dialogo-concludi-attivita', false);

  await page.goto(`/dossier/${running}/attivita/on_the_job_training/erogazioni/nuova`);
  await shoot(page, 'erogazione-vuota');
  await page.getByRole('combobox', { name: 'Operatore' }).selectOption({ label: 'Marco Furlan' });
  await page.getByRole('textbox', { name: 'Data' }).fill('2026-11-24');
  await page.getByRole('textbox', { name: 'Ora inizio' }).fill('11:00');
  await page.getByRole('textbox', { name: 'Ora fine' }).fill('13:00');
  await expect(page.getByRole('heading', { name: 'Orari possibili' })).toBeVisible();
  await shoot(page, 'erogazione-orari');
  await page.getByRole('textbox', { name: 'Ora fine' }).fill('20:00');
  await expect(page.getByText(/La persona è già impegnata/)).toBeVisible();
  await page.getByRole('button', { name: 'Invia' }).click();
  await shoot(page, 'erogazione-errori');

  await page.goto(`/dossier/${running}/attivita/on_the_job_training/erogazioni/serie`);
  await page.getByRole('combobox', { name: 'Operatore' }).selectOption({ label: 'Marco Furlan' });
  for (const day of ['lunedì', 'giovedì']) await page.getByRole('checkbox', { name: day }).check();
  await page.getByRole('textbox', { name: 'Dal giorno' }).fill('2026-11-30');
  await page.getByRole('textbox', { name: 'Ora inizio' }).fill('09:00');
  await page.getByRole('textbox', { name: 'Ora fine' }).fill('12:30');
  await expect(page.getByRole('button', { name: /^Inserisci/ })).toBeVisible();
  await shoot(page, 'serie');
});

test.describe('dark', () => {
  test.use({ colorScheme: 'dark' });

  test('operatore, dark', async ({ page, desk }) => {
    const [row] = await desk.requests({ opal_code: 'JC-2026-110188' });
    for (const [name, path] of Object.entries({ cruscotto: '/', richieste: '/richieste', attivita: `/dossier/${row?.id}/attivita/on_the_job_training` })) {
      await page.goto(path);
      await shoot(page, `scuro-${name}`);
    }
  });
});

for (const as of ['coach', 'sistema'] as const) {
  test.describe(as, () => {
    test.use({ as });

    test(as, async ({ page, server }) => {
      const office = await Desk.of(server);
      const [row] = await office.requests({ opal_code: 'JC-2026-110188' });
      await office.leave();
      await page.goto('/');
      await shoot(page, `${as}-cruscotto`);
      if (as === 'coach') {
        await page.goto(`/dossier/${row?.id}/attivita/on_the_job_training`);
        await shoot(page, 'coach-attivita');
      }
    });
  });
}

test.describe('nobody', () => {
  test.use({ as: null });

  test('accedi', async ({ page }) => {
    await page.goto('/accedi');
    await shoot(page, 'accedi');
    await page.getByLabel('Nome utente').fill('nessuno');
    await page.getByLabel('Password').fill('sbagliata');
    await page.getByRole('button', { name: 'Accedi' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await shoot(page, 'accedi-errore');
  });
});
