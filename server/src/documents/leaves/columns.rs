//! How wide the columns of a table are.

use app::domain::document::paper::{Cell, Column, Table};

use super::{INSET, POINTS, SMALL, fonts};

/// No column is widened for its words beyond this, in millimetres: a date fits, a longer word is divided.
const WIDENED: f64 = 24.0;

/// Widths in millimetres, as the shares say; a column too narrow for its widest word takes from the others what it needs.
pub fn widths(table: &Table, width: f64) -> Vec<f64> {
    let shares: Vec<f64> = table.columns.iter().map(share).collect();
    let needs: Vec<f64> = (0..shares.len()).map(|at| need(table, at).min(WIDENED)).collect();
    let mut fixed = vec![false; shares.len()];
    loop {
        let sum =
            |only_fixed: bool, of: &[f64]| of.iter().zip(&fixed).filter(|(_, is)| **is == only_fixed).map(|(each, _)| *each).sum::<f64>();
        let left = width - sum(true, &needs);
        // More columns than the page has room for: each gets its share and divides its words.
        if left <= 0.0 {
            return shares.iter().map(|share| width * share / shares.iter().sum::<f64>()).collect();
        }
        let unit = left / sum(false, &shares);
        let narrow = (0..shares.len()).find(|&at| !fixed[at] && unit * shares[at] < needs[at]);
        match narrow {
            Some(at) => fixed[at] = true,
            None => return (0..shares.len()).map(|at| if fixed[at] { needs[at] } else { unit * shares[at] }).collect(),
        }
    }
}

fn share(column: &Column) -> f64 {
    f64::from(column.width.max(1))
}

/// What the widest word of a column takes, in millimetres.
fn need(table: &Table, at: usize) -> f64 {
    let head = table.columns.get(at).map(|column| column.head.as_str());
    let cells = table.rows.iter().chain(&table.totals).filter_map(|row| match row.get(at) {
        Some(Cell::Text(text)) => Some(text.as_str()),
        Some(Cell::Mark(_)) | None => None,
    });
    let words = head.into_iter().chain(cells).flat_map(str::split_whitespace);
    let widest = words.map(|word| word.chars().map(fonts::width).sum::<f64>()).fold(0.0, f64::max);
    // A hair more than measured: what just fits is broken by rounding.
    widest * SMALL / POINTS + 2.0 * INSET + 0.3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(shares: &[u32], words: &[&str]) -> Table {
        let columns = shares.iter().map(|share| Column::left("", *share)).collect();
        let row = words.iter().map(|word| Cell::text(*word)).collect();
        Table { caption: String::new(), columns, rows: vec![row], totals: None, empty: String::new() }
    }

    #[test]
    fn columns_fill_the_page_as_their_shares_say() {
        assert_eq!(widths(&table(&[3, 1, 0], &["a", "b", "c"]), 100.0), [60.0, 20.0, 20.0]);
    }

    #[test]
    fn a_column_is_as_wide_as_its_date_and_no_wider_than_a_word_may_make_it() {
        let widths = widths(&table(&[1, 9, 1], &["24/11/2026", "testo", "Wojciechowskawojciechowska"]), 100.0);
        assert!((18.0..24.0).contains(&widths[0]), "{widths:?}");
        assert!((widths[2] - WIDENED).abs() < 0.001, "{widths:?}");
        assert!((widths.iter().sum::<f64>() - 100.0).abs() < 0.001, "{widths:?}");
    }

    #[test]
    fn more_columns_than_fit_get_their_shares() {
        assert_eq!(widths(&table(&[1; 4], &["24/11/2026"; 4]), 40.0), [10.0; 4]);
        assert!(widths(&table(&[], &[]), 40.0).is_empty());
    }
}
