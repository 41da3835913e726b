// The ground of the request (R39): health data, on the profile only and for those who manage; a hire that is no longer recent is told, and stops nothing.
import { expectAccessible } from '../../fixtures/axe.ts';
import { Desk } from '../../fixtures/desk.ts';
import { expect, test } from '../../fixtures/test.ts';
import { ProfileScreen } from '../../pages/persons.ts';

/** Pending: hired long before the request. Refused: in difficulty. */
const [OLD_HIRE, DIFFICULTY] = ['JC-2026-110150', 'JC-2026-110108'];
const WARNING = "L'assunzione risale a più di 3 mesi prima della richiesta: verifica con il CPI il motivo indicato.";
const GROUND = /cambio[ _]reparto|change_of_department|2026-08-05|5 ago 2026|recent_hire|Motivo della richiesta|L'assunzione risale/;

test.use({ ownServer: true });

async function id(desk: Desk, opal: string): Promise<string> {
  const [row] = await desk.requests({ opal_code: opal });
  return row!.id;
}

test('a hire that is no longer recent is told on the profile, and the request can be admitted all the same (R39)', async ({ page, desk }) => {
  const [old, other] = [await id(desk, OLD_HIRE), await id(desk, DIFFICULTY)];
  const profile = new ProfileScreen(page);
  await profile.open(old);
  await expect(profile.ground).toContainText('Assunzione recente');
  await expect(profile.ground).toContainText('mer 5 ago 2026');
  await expect(profile.ground).toContainText(`${WARNING} R39 · avviso Job Coaching`);
  await expectAccessible(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, 'nothing to scroll sideways').toBe(0);
  await profile.open(other);
  await expect(profile.ground).toContainText('Difficoltà durante il rapporto di lavoro');
  await expect(profile.ground).toContainText('cambio reparto');
  await expect(profile.ground).not.toContainText('R39');

  await desk.admit(old);
  expect((await desk.requests({ opal_code: OLD_HIRE })).map(({ state }) => state)).toEqual(['admitted']);
});

test('no other page shows the ground nor brings it along, and a coach has no profile to open (R39)', async ({ page, desk, server, browser, watch }) => {
  const [old, other] = [await id(desk, OLD_HIRE), await id(desk, DIFFICULTY)];
  await desk.admit(old);
  const pages = [`/richieste/${other}`, `/richieste/${old}`, `/richieste?opal_code=${DIFFICULTY}`, '/', `/dossier/${old}`, '/politiche-attive', `/agenda?dossier=${old}`];
  for (const path of pages) {
    const answer = await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // Also what only the program in the browser reads.
    expect(await answer!.text(), path).not.toMatch(GROUND);
  }
  watch.expect(/^\/richieste\/[^/]+\/profilo$/, 404);
  const coach = await browser.newContext({ baseURL: server.baseURL, storageState: await server.signedIn('coach') });
  const theirs = await coach.newPage();
  const answer = await theirs.goto(`/richieste/${old}/profilo`);
  expect([answer!.status(), GROUND.test(await answer!.text())]).toEqual([404, false]);
  await coach.close();
});
