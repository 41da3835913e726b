// The areas of the back office: programs of their own, one history.
import { expect, test } from '../../fixtures/test.ts';
import { Screen } from '../../pages/screen.ts';

test('back and forward lead through the areas, one step each', async ({ page }) => {
  const screen = new Screen(page);
  await screen.visit('/', 'Cruscotto');
  const programs: string[] = [];
  page.on('request', (request) => {
    const program = /\/pkg\/(\w+)\.wasm/.exec(request.url())?.[1];
    if (program) programs.push(program);
  });
  await screen.choose('Regole');
  expect(programs).toContain('administration');
  await page.goBack();
  await screen.arrived('Cruscotto');
  await page.goForward();
  await screen.arrived('Regole');
  await screen.choose('Richieste attivazione servizi');
  await page.goBack();
  await screen.arrived('Regole');
  await page.goBack();
  await screen.arrived('Cruscotto');
});
