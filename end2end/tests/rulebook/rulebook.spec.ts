// Regole: everyone reads them with their sources; the administrator of the system adds a version after seeing what it changes.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../../fixtures/axe.ts';
import { long } from '../../fixtures/calendar.ts';
import { expect, test } from '../../fixtures/test.ts';
import { NewVersionScreen, RulebookScreen } from '../../pages/rulebook.ts';
import { Screen } from '../../pages/screen.ts';
import { SignInScreen } from '../../pages/sign-in.ts';

const TRAINING = 'on_the_job_training';
/** Monday, after everything that the demonstration planned. */
const FROM = '2026-12-14';

async function fits(page: Page): Promise<void> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over), page.url()).toBeLessThanOrEqual(0);
}

/** Once the focus has come to rest there, seen from the top: what lies below the bar would count as a neighbour of its buttons. */
async function accessible(page: Page, focused: Locator): Promise<void> {
  await expect(focused).toBeFocused();
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
}

test('an operator reads every limit with its rule, its source and since when it holds', async ({ page, watch }) => {
  const rules = new RulebookScreen(page);
  await rules.visit('/', 'Cruscotto');
  await rules.choose('Regole');
  await expect(rules.region('Regole in vigore')).toContainText('Manuale operativo Job Coach di Veneto Lavoro');
  const line = rules.limit('Ore al giorno per persona');
  for (const text of ['R26', '8 h', 'manuale 3.2', `dal ${long('2020-01-01')}`]) await expect(line).toContainText(text);
  await expect(rules.region('Catalogo delle attività').getByRole('row').filter({ hasText: 'Allenamento e affiancamento' })).toContainText(/44 h\s*52 h/);
  const francis = rules.region('Festivi').getByRole('row').filter({ hasText: 'San Francesco' });
  await expect(francis).toHaveCount(2);
  await expect(francis.last()).toContainText(`${long('2027-10-04')}San FrancescoL. 151/2025`);
  await expect(rules.region('Santi patroni')).toContainText('avviso');
  await expect(rules.region('Santi patroni').getByRole('row').filter({ hasText: 'Padova' })).toContainText('13 giugno');
  await fits(page);

  await expect(rules.create).toHaveCount(0);
  watch.expect(/^\/regole\/nuova$/, 404);
  expect((await page.goto('/regole/nuova'))?.status()).toBe(404);
  await rules.arrived('Pagina non trovata');
});

test.describe('the administrator of the system', () => {
  test.use({ as: 'sistema', ownServer: true });

  test('publishes a future version after seeing which planned sessions it changes, and an operator reads it', async ({ page, desk }) => {
    const { id, opal_code: opal } = await desk.dossier();
    const [monday, tuesday] = [
      { coach: 'Chiara Bortolin', on: FROM, from: '09:00', to: '14:00' },
      { coach: 'Chiara Bortolin', on: '2026-12-15', from: '09:00', to: '12:00' },
    ];
    await desk.schedule(id, TRAINING, monday);
    await desk.enter(id, TRAINING, tuesday);

    const dashboard = new Screen(page);
    await dashboard.visit('/', 'Cruscotto');
    await dashboard.region('Regole').getByRole('link', { name: 'Vedi le regole' }).click();
    const rules = new RulebookScreen(page);
    await rules.arrived('Regole');
    await rules.create.click();
    const draft = new NewVersionScreen(page);
    await draft.arrived('Nuova versione');
    await expect(draft.field(/^Ore al giorno per persona/)).toHaveValue('8');
    await expect(draft.field(/^Santi patroni$/)).toHaveValue(/Padova; 13\/6; Sant'Antonio/);
    await fits(page);

    // The past is settled, and a version rests on something.
    await draft.field(/^In vigore dal/).fill('2026-11-23');
    await draft.preview();
    const summary = draft.alert('Controlla 2 campi');
    await expect(summary).toContainText(/lun 23 nov 2026 non è nel futuro: .*Scegli da mar 24 nov 2026 in poi\./);
    await expect(summary).toContainText("Il campo è vuoto: scrivi l'atto su cui si basa.");
    await expect(draft.changes).toHaveCount(0);
    await accessible(page, summary);

    await draft.field(/^In vigore dal/).fill(FROM);
    await draft.field(/^Fonte/).fill('D.D. 1 del 20/11/2026');
    await draft.preview();
    await expect(draft.changes).toContainText('Nessuna erogazione pianificata cambia esito');
    await draft.field(/^Ore al giorno per persona/).fill('4');
    await expect(draft.changes, 'of what was typed before').toHaveCount(0);
    await draft.preview();
    await expect(draft.changes).toContainText('Una cambia esito.');
    await expect(draft.changed).toHaveCount(1);
    for (const text of [long(FROM), '09:00-14:00', opal, 'Padova', 'Allenamento e affiancamento', 'arriverebbe a 5 h (massimo 4 h)', 'R26']) {
      await expect(draft.changed).toContainText(text);
    }
    await fits(page);
    await accessible(page, draft.changes);

    await draft.publish();
    await rules.arrived('Regole');
    await rules.says('Versione pubblicata.');
    await expect(rules.region('Regole future')).toContainText('D.D. 1 del 20/11/2026');
    await expect(rules.limit('Ore al giorno per persona')).toContainText('4 h');

    await rules.signOut();
    const signIn = new SignInScreen(page);
    await signIn.arrived();
    await signIn.signIn('operatore');
    await rules.title('Cruscotto').waitFor();
    await rules.open();
    await expect(rules.region('Regole in vigore')).toContainText(`Fino al${long('2026-12-13')}`);
    await expect(rules.limit('Ore al giorno per persona')).toContainText('8 h');
    await rules.version(/^Dal lun 14 dic 2026 futura$/).click();
    const future = rules.region('Regole future');
    await expect(future).toContainText(`Pubblicata${long('2026-11-23')}`);
    await expect(rules.limit('Ore al giorno per persona')).toContainText(`dal ${long(FROM)}`);
    await expectAccessible(page);
    await fits(page);
  });
});
