//! The file as text, as an Italian spreadsheet opens it by a double click: UTF-8 with its mark, semicolons, decimal commas.

use app::{
    domain::{dossier::payment::PaymentRow, text::date_short},
    ports::PortResult,
};
use axum::body::{Body, Bytes};
use csv::{ByteRecord, Terminator, Writer, WriterBuilder};
use futures_util::{StreamExt as _, stream};

use super::{
    Rows,
    table::{COLUMNS, Cell, NOTE},
};

/// The media type.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// By this mark a spreadsheet knows that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The text, batch by batch; the first one is there before the answer begins.
pub async fn body(mut rows: Rows) -> PortResult<Body> {
    let mut head = Text::after(MARK);
    head.line(COLUMNS.map(|column| column.heading.to_owned()));
    if let Some(first) = rows.next().await? {
        head.rows(&first);
    }
    let rest = stream::unfold(Some(rows), async |rows| {
        let mut rows = rows?;
        match rows.next().await {
            Ok(Some(batch)) => {
                let mut text = Text::after(&[]);
                text.rows(&batch);
                Some((Ok(text.bytes()), Some(rows)))
            }
            Ok(None) => {
                let mut text = Text::after(&[]);
                text.line([NOTE.to_owned()]);
                Some((Ok(text.bytes()), None))
            }
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                Some((Err(error), None))
            }
        }
    });
    // What compresses the answer asks once more after its end.
    Ok(Body::from_stream(stream::iter([Ok(head.bytes())]).chain(rest).fuse()))
}

/// Some lines of the file.
struct Text(Writer<Vec<u8>>);

impl Text {
    fn after(start: &[u8]) -> Self {
        Self(WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).flexible(true).from_writer(start.to_vec()))
    }

    fn rows(&mut self, rows: &[PaymentRow]) {
        for row in rows {
            self.line(COLUMNS.map(|column| written((column.cell)(row))));
        }
    }

    fn line<const N: usize>(&mut self, fields: [String; N]) {
        // Into memory nothing fails, and lines of any length are allowed.
        let _ = self.0.write_byte_record(&ByteRecord::from(&fields[..]));
    }

    fn bytes(self) -> Bytes {
        self.0.into_inner().unwrap_or_default().into()
    }
}

/// A value as text. Whole numbers, decimals and dates are ours and begin with a digit; words may begin with anything.
fn written(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => neutral(text),
        Cell::Count(count) => count.to_string(),
        Cell::Hours(minutes) => hundredths(i64::from(minutes) * 100 / 60),
        Cell::Money(cents) => hundredths(cents),
        Cell::Date(on) => date_short(on),
    }
}

/// Words that a spreadsheet would calculate get an apostrophe, by which it takes them for words.
fn neutral(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{text}") } else { text }
}

/// `1760,00`.
fn hundredths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{},{:02}", number.unsigned_abs() / 100, number.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_spreadsheet_would_calculate_are_neutralised_and_others_stay() {
        for formula in ["=1+1", "+39", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(written(Cell::Text(formula.to_owned())), format!("'{formula}"));
        }
        for plain in ["D'Este", "Rossi-Bianchi", "a=b", "", "'"] {
            assert_eq!(written(Cell::Text(plain.to_owned())), plain);
        }
    }

    #[test]
    fn numbers_have_a_decimal_comma_and_no_points() {
        assert_eq!([0, 15, 90, 2640].map(|minutes| written(Cell::Hours(minutes))), ["0,00", "0,25", "1,50", "44,00"]);
        assert_eq!([0, 5, 176_000, -50].map(|cents| written(Cell::Money(cents))), ["0,00", "0,05", "1760,00", "-0,50"]);
        assert_eq!(written(Cell::Date("2026-11-03".parse().unwrap())), "03/11/2026");
    }

    #[test]
    fn what_would_end_a_field_or_a_line_is_quoted() {
        let mut text = Text::after(&[]);
        text.line(["a;b".to_owned(), "two\nlines".to_owned(), "\"said\"".to_owned(), "plain, so".to_owned()]);
        assert_eq!(text.bytes(), "\"a;b\";\"two\nlines\";\"\"\"said\"\"\";plain, so\r\n");
    }
}
