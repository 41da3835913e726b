//! What the domain says of holidays, tax codes and VAT numbers against independent sources; `fixtures/README.md` tells where they come from.

mod holidays;
mod tax_codes;
mod vat_numbers;

/// The rows of a fixture as `N` columns, the head left out; only the last column may hold commas, within quotes.
fn rows<const N: usize>(fixture: &str) -> impl Iterator<Item = [&str; N]> {
    fixture.lines().skip(1).map(|line| {
        let mut columns = line.splitn(N, ',').map(|column| column.trim_matches('"'));
        std::array::from_fn(|at| columns.next().unwrap_or_else(|| panic!("no column {at} in {line}")))
    })
}
