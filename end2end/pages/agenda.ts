// Agenda: the grid of half hours, its dialogs, and the bar of a move.
import { type Locator, expect } from '@playwright/test';
import { Screen } from './screen.ts';

export class AgendaScreen extends Screen {
  async open(query: Record<string, string> = {}): Promise<void> {
    await this.visit(`/agenda?${new URLSearchParams(query)}`, 'Agenda');
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: /^Agenda: / });
  }

  get columns(): Locator {
    return this.grid.getByRole('columnheader');
  }

  /** A cell by the beginning of what it says: `martedì 15 dicembre, 09:00`. */
  cell(words: string | RegExp): Locator {
    return this.grid.getByRole('gridcell', { name: words });
  }

  /** The cell that has the focus says this. */
  async isOn(words: RegExp): Promise<void> {
    const focused = this.page.locator(':focus');
    await expect(focused).toHaveRole('gridcell');
    await expect(focused).toHaveAccessibleName(words);
  }

  /** Walks there by the tab key alone, as somebody without a mouse does. */
  async tabTo(target: Locator): Promise<void> {
    for (let steps = 0; steps < 60; steps++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  }

  /** The one cell that the tab key reaches. */
  get stop(): Locator {
    return this.grid.locator('[role="gridcell"][tabindex="0"]');
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The block of a session, for eyes and pointers, in one of its states. */
  block(state: string, text: string): Locator {
    return this.grid.getByTitle(state, { exact: true }).filter({ hasText: text });
  }

  get move(): Locator {
    return this.region("Sposta l'erogazione");
  }

  /** What the rules say of the place it is moved to. */
  findings(text: string | RegExp): Locator {
    return this.move.getByRole('list', { name: 'Esito dei controlli' }).getByRole('listitem').filter({ hasText: text });
  }

  period(text: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 2, name: text });
  }
}
