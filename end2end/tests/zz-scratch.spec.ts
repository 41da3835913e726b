import { test, expect } from '../fixtures/test.ts';
test.use({ as: 'responsabile' });
test('shots', async ({ page }) => {
  for (const [name, path] of Object.entries({ all: '/rendicontazione', period: '/rendicontazione?from=2026-11-01&to=2026-11-30', empty: '/rendicontazione?only=ready', wrong: '/rendicontazione?from=2026-12-01&to=2026-11-30' })) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cerca' })).toBeEnabled();
    await page.screenshot({ path: `/tmp/pw-pay/${name}-${page.viewportSize()?.width}.png`, fullPage: true, animations: 'disabled' });
  }
});
