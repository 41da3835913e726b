// Profilo del beneficiario and the form of its personal limits.
import { type Locator, expect } from '@playwright/test';
import { Screen } from './screen.ts';

export class ProfileScreen extends Screen {
  async open(request: string): Promise<void> {
    await this.visit(`/richieste/${request}/profilo`, 'Profilo del beneficiario');
  }

  async isThere(): Promise<void> {
    await this.arrived('Profilo del beneficiario');
  }

  get limits(): Locator {
    return this.region('Limiti personali per la pianificazione');
  }

  get ground(): Locator {
    return this.region('Motivo della richiesta');
  }

  get edit(): Locator {
    return this.page.getByRole('link', { name: 'Modifica i limiti', exact: true });
  }
}

/** What can be typed in one line. */
export type LimitName = 'Ore al giorno' | 'Ore alla settimana' | 'Non prima delle' | 'Non dopo le';

export class LimitsForm extends Screen {
  async open(request: string): Promise<void> {
    await this.visit(`/richieste/${request}/profilo/limiti`, 'Limiti personali per la pianificazione');
  }

  async isThere(): Promise<void> {
    await this.arrived('Limiti personali per la pianificazione');
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Limiti personali', exact: true });
  }

  field(name: LimitName): Locator {
    return this.form.getByRole('textbox', { name, exact: true });
  }

  day(name: string): Locator {
    return this.form.getByRole('group', { name: 'Giorni della settimana' }).getByRole('checkbox', { name, exact: true });
  }

  /** A field says what is wrong with it. */
  async refuses(field: LimitName, sentence: string): Promise<void> {
    await expect(this.field(field)).toHaveAttribute('aria-invalid', 'true');
    await expect(this.field(field)).toHaveAccessibleDescription(new RegExp(`^${sentence}`));
  }

  get save(): Locator {
    return this.form.getByRole('button', { name: 'Salva', exact: true });
  }

  get none(): Locator {
    return this.form.getByRole('button', { name: 'Nessun limite', exact: true });
  }
}
