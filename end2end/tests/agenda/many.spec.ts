// A thousand sessions in one week of a site: only the columns in sight are drawn, whatever their number; how smooth that is gets printed.
import { type Slot, ACTIVITIES } from '../../fixtures/desk.ts';
import { plusDays, plusMinutes } from '../../fixtures/calendar.ts';
import { expect, test } from '../../fixtures/test.ts';
import { AgendaScreen } from '../../pages/agenda.ts';

const COACHES = ['Chiara Bortolin', 'Davide Schiavon', 'Francesca Marchetto', 'Marco Furlan', 'Lorenzo Vianello', 'Martina Scarpa', 'Andrea Busetto'];
const MONDAY = '2026-12-14';
const WORKDAYS = 6;
/** Quarters of an hour from eight o'clock: six hours a day and 36 a week, for each person. */
const A_DAY = 24;

test.use({ ownServer: true });

test('a week of the site with a thousand sessions scrolls and is walked through without a hitch', async ({ page, desk, isMobile }) => {
  test.slow();
  expect(ACTIVITIES.on_the_job_training.hours * 60).toBeGreaterThanOrEqual(WORKDAYS * A_DAY * 15);
  for (const coach of COACHES) {
    const { id } = await desk.dossier();
    const slots = Array.from({ length: WORKDAYS * A_DAY }, (_, n): Slot => {
      const from = plusMinutes('08:00', 15 * (n % A_DAY));
      return { coach, on: plusDays(MONDAY, Math.floor(n / A_DAY)), from, to: plusMinutes(from, 15) };
    });
    await desk.enterSeries(id, 'on_the_job_training', slots);
  }
  const agenda = new AgendaScreen(page);
  await agenda.open({ vista: 'settimana', giorno: MONDAY });
  const count = Number(/(\d+) erogazioni/.exec(await page.getByText(/^Tutta la sede · /).innerText())?.[1]);
  expect(count).toBeGreaterThanOrEqual(COACHES.length * WORKDAYS * A_DAY);
  await expect(agenda.grid).toHaveAttribute('aria-colcount', String(7 * COACHES.length + 1));

  const scrolled = await agenda.grid.evaluate(async (grid) => {
    const region = grid.parentElement!;
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
    observer.observe({ type: 'longtask' });
    const frames: number[] = [];
    const drawn: number[] = [];
    const step = Math.ceil(region.scrollWidth / 200);
    let last = await new Promise(requestAnimationFrame);
    for (const direction of [1, -1]) {
      for (let n = 0; n < 200; n++) {
        region.scrollLeft += direction * step;
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        drawn.push(grid.querySelectorAll('[role="columnheader"]').length - 1);
        last = now;
      }
    }
    observer.disconnect();
    frames.sort((a, b) => a - b);
    return { median: frames[200]!, p95: frames[380]!, worst: frames.at(-1)!, longest: Math.max(0, ...tasks), columns: Math.max(...drawn) };
  });
  const said = `${count} sessions: frame ${scrolled.median.toFixed(1)} ms, p95 ${scrolled.p95.toFixed(1)} ms, worst ${scrolled.worst.toFixed(1)} ms; longest task ${scrolled.longest.toFixed(0)} ms; at most ${scrolled.columns} of ${7 * COACHES.length} columns drawn`;
  test.info().annotations.push({ type: 'measured', description: said });
  console.log(said);
  // Times are printed, not judged: they are those of the machine. What makes them small is that so little is drawn.
  expect(scrolled.columns, 'only what is seen, and two columns on either side').toBeLessThanOrEqual(isMobile ? 10 : 14);

  await test.step('the keyboard reaches what is not drawn yet', async () => {
    await agenda.stop.focus();
    await agenda.press('End');
    await agenda.isOn(/^domenica 20 dicembre, 08:00, Martina Scarpa, festivo \(domenica\), libero$/i);
    await agenda.press('Home');
    await agenda.isOn(/^lunedì 14 dicembre, 08:00, Andrea Busetto, .*inserita.*$/);
    // Quick, as a held key: every step is heard, also while the column it leads to is not drawn yet.
    await agenda.press(...Array.from({ length: 20 }, () => 'ArrowRight'));
    await agenda.isOn(/^mercoledì 16 dicembre, 08:00, Martina Scarpa, .*inserita$/);
  });

  await test.step('scrolling takes the focus from no cell that stays, and leaves it in the grid when the cell goes', async () => {
    const [region, columns, cell] = [agenda.grid.locator('xpath=..'), agenda.columns, page.locator(':focus')];
    const first = () => columns.nth(1).getAttribute('aria-colindex').then(Number);
    // The cell's column is the first that is drawn, just out of sight; then others come before it.
    const [left, width] = await cell.evaluate((cell) => [(cell as HTMLElement).offsetLeft, (cell as HTMLElement).offsetWidth] as const);
    await region.evaluate((region, left) => region.scrollTo({ left }), left + 2 * width);
    await expect.poll(first).toBeGreaterThan(20);
    await region.evaluate((region, by) => region.scrollBy({ left: -by }), 3 * width);
    await expect.poll(first).toBeLessThan(20);
    await agenda.isOn(/^mercoledì 16 dicembre, 08:00, Martina Scarpa, .*inserita$/);
    // Scrolled away, the cell is drawn no more; the next key goes on from it all the same.
    await region.evaluate((region) => region.scrollTo({ left: region.scrollWidth }));
    await expect(columns.last()).toContainText('Martina Scarpa');
    await expect(agenda.stop).toHaveCount(0);
    await expect(agenda.grid).toBeFocused();
    await agenda.press('ArrowLeft');
    await agenda.isOn(/^mercoledì 16 dicembre, 08:00, Marco Furlan, .*inserita$/);
    await expect(cell).toBeInViewport();
  });
});
