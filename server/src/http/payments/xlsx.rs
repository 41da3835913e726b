//! The file as a spreadsheet: words are words, whatever they begin with, and numbers and days can be counted with.
//!
//! The rows go one by one into an unnamed temporary file that nobody else can open and that is gone with the program; from there the
//! spreadsheet is compressed into the answer as fast as the browser takes it.

use std::io::{self, BufWriter, Write};

use app::{
    domain::dossier::payment::PaymentRow,
    ports::{PortError, PortResult},
};
use axum::body::{Body, Bytes};
use futures_util::stream;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc;

use super::{
    Rows,
    table::{COLUMNS, Cell, NOTE},
};

/// The media type.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Bytes of one piece of the answer.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for the browser.
const WAITING: usize = 2;

/// The spreadsheet; its first rows are there before the answer begins, the others are written while the browser waits for the file.
pub async fn body(mut rows: Rows) -> PortResult<Body> {
    let first = rows.next().await?.unwrap_or_default();
    let (sender, mut pieces) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let saved = match filled(first, rows, &sender).await {
            Ok(Some(workbook)) => save(workbook, sender.clone()).await,
            Ok(None) => Ok(()),
            Err(error) => Err(io::Error::other(error)),
        };
        if let Err(error) = saved {
            tracing::warn!(%error, "an export broke off");
            // Without it the answer would seem whole.
            let _ = sender.send(Err(error)).await;
        }
    });
    Ok(Body::from_stream(stream::poll_fn(move |context| pieces.poll_recv(context))))
}

/// The whole list as a workbook; `None` when nobody waits for it any more.
async fn filled(first: Vec<PaymentRow>, mut rest: Rows, taken: &mpsc::Sender<io::Result<Bytes>>) -> PortResult<Option<Workbook>> {
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    begin(workbook.add_worksheet_with_constant_memory().map_err(defect)?, &styles).map_err(defect)?;
    let (mut batch, mut line) = (Some(first), 1);
    while let Some(rows) = batch {
        if taken.is_closed() {
            return Ok(None);
        }
        let sheet = workbook.worksheet_from_index(0).map_err(defect)?;
        for row in &rows {
            for (at, column) in (0..).zip(&COLUMNS) {
                write(sheet, (line, at), (column.cell)(row), &styles).map_err(defect)?;
            }
            line += 1;
        }
        batch = rest.next().await?;
    }
    let sheet = workbook.worksheet_from_index(0).map_err(defect)?;
    sheet.write_string_with_format(line, 0, NOTE, &styles.note).map_err(defect)?;
    Ok(Some(workbook))
}

fn defect(error: XlsxError) -> PortError {
    PortError::Internal(Box::new(error))
}

/// How values look.
struct Styles {
    head: Format,
    hours: Format,
    money: Format,
    date: Format,
    note: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold().set_text_wrap(),
            hours: Format::new().set_num_format("0.00"),
            money: Format::new().set_num_format("#,##0.00"),
            date: Format::new().set_num_format("dd/mm/yyyy"),
            note: Format::new().set_italic(),
        }
    }
}

fn begin(sheet: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name("Rendicontazione")?.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(&COLUMNS) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, column.heading, &styles.head)?;
    }
    Ok(())
}

/// Hours and euros are decimal numbers here as they are in every spreadsheet; they are exact up to any sum that occurs.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: Cell, styles: &Styles) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, text)?,
        Cell::Count(count) => sheet.write_number(row, column, count)?,
        Cell::Hours(minutes) => sheet.write_number_with_format(row, column, f64::from(minutes) / 60., &styles.hours)?,
        Cell::Money(cents) => sheet.write_number_with_format(row, column, euros(cents), &styles.money)?,
        Cell::Date(on) => sheet.write_datetime_with_format(row, column, on, &styles.date)?,
    };
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "exact below 90 thousand billion euros")]
fn euros(cents: i64) -> f64 {
    cents as f64 / 100.
}

/// Compresses the spreadsheet into the answer; fails when nobody takes it any more.
async fn save(mut workbook: Workbook, sender: mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    let compress = move || {
        let mut pieces = BufWriter::with_capacity(PIECE, Pieces(sender));
        workbook.save_to_writer(&mut pieces).map_err(io::Error::other)?;
        pieces.flush()
    };
    tokio::task::spawn_blocking(compress).await?
}

/// What is written to it goes into the answer.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes))).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
