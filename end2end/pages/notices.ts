// Avvisi and Rifiuti per ente: what is brought to mind, and what providers refused.
import { type Locator, expect } from '@playwright/test';
import { Screen } from './screen.ts';

export class NoticesScreen extends Screen {
  async open(): Promise<void> {
    await this.visit('/avvisi', 'Avvisi');
  }

  async isThere(): Promise<void> {
    await this.arrived('Avvisi');
  }

  /** The link in the bar, whatever it counts. */
  get bell(): Locator {
    return this.page.getByRole('banner').getByRole('link', { name: /^Avvisi/ });
  }

  /** The bell says so many unread. */
  async rings(count: number): Promise<void> {
    const words = count === 0 ? '' : count === 1 ? ', 1 non letto' : `, ${count} non letti`;
    await expect(this.bell).toHaveAccessibleName(`Avvisi${words}`);
  }

  /** How many unread the bell says. */
  async count(): Promise<number> {
    await expect(this.bell).toHaveAccessibleName(/non lett[oi]$/);
    return Number(/\d+/.exec((await this.bell.textContent()) ?? '')?.[0]);
  }

  /** The notices of all days. */
  get rows(): Locator {
    return this.page.getByRole('main').getByRole('region').getByRole('listitem');
  }

  /** Those of a day, by its heading. */
  day(name: string | RegExp): Locator {
    return this.region(name).getByRole('listitem');
  }

  get unread(): Locator {
    return this.rows.filter({ hasText: 'Non letto' });
  }

  get readAll(): Locator {
    return this.page.getByRole('button', { name: 'Segna tutti come letti' });
  }

  markOf(row: Locator): Locator {
    return row.getByRole('button', { name: /^Segna come letto/ });
  }
}

export class RefusalsScreen extends Screen {
  async open(query = ''): Promise<void> {
    await this.visit(`/rifiuti${query}`, 'Rifiuti per ente');
  }

  async isThere(): Promise<void> {
    await this.arrived('Rifiuti per ente');
  }

  field(name: 'Dal' | 'Al'): Locator {
    return this.page.getByRole('search', { name: 'Periodo' }).getByLabel(name, { exact: true });
  }

  get show(): Locator {
    return this.page.getByRole('button', { name: 'Mostra' });
  }

  provider(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }
}
