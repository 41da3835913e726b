//! The columns of the file, said once for every format, and the note below the rows.

use app::domain::dossier::payment::{Amount, PaymentRow};
use chrono::NaiveDate;

/// What stands below the last row.
pub const NOTE: &str = "Valori dimostrativi: ore per la tariffa oraria del catalogo fissata all'ammissione; non sono importi ufficiali.";

/// One value.
pub enum Cell {
    /// Words.
    Text(String),
    /// A number of things.
    Count(u32),
    /// Minutes, written as decimal hours.
    Hours(u32),
    /// Cents, written as euros.
    Money(i64),
    /// A day.
    Date(NaiveDate),
}

/// A column.
pub struct Column {
    /// What stands above it.
    pub heading: &'static str,
    /// Its width in a spreadsheet, in characters.
    pub width: f64,
    /// Its value of a row.
    pub cell: fn(&PaymentRow) -> Cell,
}

/// The columns, in order.
pub const COLUMNS: [Column; 17] = [
    column("Codice OPAL", 18., |row| text(&row.opal_code)),
    column("Cognome", 20., |row| text(&row.person.last)),
    column("Nome", 20., |row| text(&row.person.first)),
    column("Sede", 18., |row| text(&row.site_town)),
    column("Stato del fascicolo", 20., |row| text(row.status.label())),
    column("Tipo voucher", 12., |row| text(row.voucher_kind.label())),
    column("Ammesso il", 12., |row| Cell::Date(row.admitted_on)),
    column("Scadenza del voucher", 12., |row| Cell::Date(row.valid_to)),
    column("Ore concordate", 12., |row| hours(row.amounts.agreed)),
    column("Ore erogate", 12., |row| hours(row.amounts.delivered)),
    column("Ore riconosciute", 12., |row| hours(row.amounts.recognised)),
    column("Valore concordato (€)", 14., |row| money(row.amounts.agreed)),
    column("Valore erogato (€)", 14., |row| money(row.amounts.delivered)),
    column("Valore riconosciuto (€)", 14., |row| money(row.amounts.recognised)),
    column("Inserimenti tardivi", 12., |row| Cell::Count(row.late)),
    column("Pagamento", 12., |row| text(row.readiness().label())),
    column("Che cosa manca", 60., |row| Cell::Text(row.blocked.iter().map(|blocker| blocker.label()).collect::<Vec<_>>().join(", "))),
];

const fn column(heading: &'static str, width: f64, cell: fn(&PaymentRow) -> Cell) -> Column {
    Column { heading, width, cell }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn hours(amount: Amount) -> Cell {
    Cell::Hours(amount.minutes)
}

fn money(amount: Amount) -> Cell {
    Cell::Money(amount.cents)
}
