//! The files of "Rendicontazione": who gets them, that they hold what the page shows, and that they come in pieces.

use std::io::Cursor;

use app::{
    domain::dossier::payment::{ExportFormat, PaymentForm, PaymentPage, PaymentRow, PaymentRows},
    ui::paths,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{
        HeaderMap, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, LOCATION},
    },
};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::json;

use super::world::{Client, World};

const NOTE: &str = "Valori dimostrativi";

/// A file, in the pieces that it came in.
struct File {
    status: StatusCode,
    headers: HeaderMap,
    pieces: Vec<Bytes>,
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        self.pieces.concat()
    }

    /// The lines of a CSV file: head, rows, note.
    fn lines(&self) -> Vec<Vec<String>> {
        let bytes = self.bytes();
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("the mark of UTF-8");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).has_headers(false).from_reader(text);
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// The cells of a spreadsheet, as another program reads them.
    fn cells(&self) -> Vec<Vec<Data>> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes())).unwrap();
        book.worksheet_range("Rendicontazione").unwrap().rows().map(<[Data]>::to_vec).collect()
    }
}

async fn file(client: &Client<'_>, form: &PaymentForm, format: ExportFormat) -> File {
    client.file(&paths::payments_file(form, format)).await
}

impl Client<'_> {
    async fn file(&self, path: &str) -> File {
        let (parts, body) = self.answer(self.request("GET", path).body(Body::empty()).unwrap()).await.into_parts();
        let mut stream = body.into_data_stream();
        let mut pieces = Vec::new();
        while let Some(piece) = futures_util::StreamExt::next(&mut stream).await {
            pieces.push(piece.unwrap());
        }
        File { status: parts.status, headers: parts.headers, pieces }
    }
}

/// All rows of the page under a form.
async fn listed(client: &Client<'_>, form: &PaymentForm) -> Vec<PaymentRow> {
    let page: PaymentPage = serde_json::from_value(client.call("payment/open", &json!({ "form": form })).await.json()).unwrap();
    let PaymentRows { mut rows, mut next } = page.first;
    while let Some(after) = next {
        let more = client.call("payment/more", &json!({ "form": form, "after": after })).await;
        let more: PaymentRows = serde_json::from_value(more.json()).unwrap();
        rows.extend(more.rows);
        next = more.next;
    }
    assert_eq!(page.totals.dossiers, rows.len() as u64);
    rows
}

fn forms() -> [PaymentForm; 6] {
    let form = |status: &str, only: &str, from: &str, to: &str, opal_code: &str| {
        let [status, only, from, to, opal_code] = [status, only, from, to, opal_code].map(str::to_owned);
        PaymentForm { opal_code, site: String::new(), status, from, to, only }
    };
    [
        PaymentForm::default(),
        form("running", "", "", "", ""),
        form("concluded", "blocked", "", "", ""),
        form("", "", "2026-11-01", "2026-11-30", ""),
        form("", "", "", "", "jc-2026-1102"),
        form("", "ready", "", "", ""),
    ]
}

/// `1.760,00` and the like as the file writes them.
fn decimal(hundredths: i64) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

#[tokio::test]
async fn the_csv_holds_the_rows_that_the_page_lists_under_the_same_filter() {
    let world = World::demo().await;
    let operator = world.operator().await;
    let mut sizes = Vec::new();
    for form in forms() {
        let rows = listed(&operator, &form).await;
        let lines = file(&operator, &form, ExportFormat::Csv).await.lines();
        let (head, note) = (&lines[0], lines.last().unwrap());
        assert_eq!((head[0].as_str(), head[9].as_str(), head.len()), ("Codice OPAL", "Ore erogate", 17));
        assert!(note.len() == 1 && note[0].starts_with(NOTE), "{note:?}");
        let told: Vec<_> =
            lines[1..lines.len() - 1].iter().map(|line| [&line[0], &line[1], &line[9], &line[13], &line[15]].map(String::clone)).collect();
        let expected: Vec<_> = rows
            .iter()
            .map(|row| {
                let minutes = i64::from(row.amounts.delivered.minutes);
                let worth = decimal(row.amounts.recognised.cents);
                [row.opal_code.clone(), row.person.last.clone(), decimal(minutes * 100 / 60), worth, row.readiness().label().to_owned()]
            })
            .collect();
        assert_eq!(told, expected, "{form:?}");
        sizes.push(rows.len());
    }
    assert!(
        sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] > 0 && sizes[3] > 0 && sizes[4] > 0,
        "the filters tell something: {sizes:?}"
    );
    assert_eq!(sizes[5], 0, "nothing is signed yet");
}

#[tokio::test]
async fn the_spreadsheet_says_the_same_as_the_csv_with_numbers_and_days() {
    let world = World::demo().await;
    let operator = world.operator().await;
    for form in forms() {
        let lines = file(&operator, &form, ExportFormat::Csv).await.lines();
        let cells = file(&operator, &form, ExportFormat::Xlsx).await.cells();
        assert_eq!(lines.len(), cells.len());
        for (line, cells) in lines.iter().zip(&cells) {
            let text = |cell: &Data| match cell {
                Data::String(text) => text.clone(),
                Data::Empty => String::new(),
                Data::DateTime(_) => calamine::DataType::as_date(cell).unwrap().format("%d/%m/%Y").to_string(),
                // A count of late entries is whole; hours and euros have two decimals.
                Data::Float(number) => format!("{number:.2}").replace('.', ","),
                other => panic!("{other:?}"),
            };
            let mut said: Vec<_> = cells.iter().map(text).collect();
            said.truncate(line.len());
            if line.len() == 17 && line[0] != "Codice OPAL" {
                assert!(matches!(
                    cells[6..15],
                    [
                        Data::DateTime(_),
                        Data::DateTime(_),
                        Data::Float(_),
                        Data::Float(_),
                        Data::Float(_),
                        Data::Float(_),
                        Data::Float(_),
                        Data::Float(_),
                        Data::Float(_)
                    ]
                ));
                said[14] = said[14].trim_end_matches(",00").to_owned();
            }
            assert_eq!(&said, line);
        }
    }
}

#[tokio::test]
async fn a_name_that_looks_like_a_formula_is_never_one() {
    let world = World::demo().await;
    world.execute("update person set last_name = '=HYPERLINK(\"http://example.org\")', first_name = '@Ada; \"A\"'").await;
    let operator = world.operator().await;
    let lines = file(&operator, &PaymentForm::default(), ExportFormat::Csv).await.lines();
    assert_eq!(lines[1][1..3], ["'=HYPERLINK(\"http://example.org\")".to_owned(), "'@Ada; \"A\"".to_owned()]);
    let book = file(&operator, &PaymentForm::default(), ExportFormat::Xlsx).await;
    assert_eq!(book.cells()[1][1], Data::String("=HYPERLINK(\"http://example.org\")".to_owned()), "a word, as it is");
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes())).unwrap();
    assert!(read.worksheet_formula("Rendicontazione").unwrap().is_empty());
}

#[tokio::test]
async fn a_file_is_saved_under_a_name_without_anybody_in_it_and_is_not_kept() {
    let world = World::demo().await;
    let operator = world.operator().await;
    for (format, media_type) in [(ExportFormat::Csv, "text/csv"), (ExportFormat::Xlsx, "application/vnd.openxmlformats")] {
        let file = file(&operator, &PaymentForm::default(), format).await;
        assert_eq!(file.status, StatusCode::OK);
        let header = |name| file.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header(CONTENT_DISPOSITION), format!("attachment; filename=\"rendicontazione-2026-11-23.{}\"", format.as_str()));
        assert_eq!(header(CACHE_CONTROL), "no-store");
        assert!(header(CONTENT_TYPE).starts_with(media_type));
    }
    assert_eq!(world.execute("delete from payment_export where dossiers > 0").await, 2);
}

#[tokio::test]
async fn a_file_comes_to_its_end_also_for_a_browser_that_wants_it_compressed() {
    let world = World::demo().await;
    let operator = world.operator().await;
    for format in ExportFormat::ALL {
        let path = paths::payments_file(&PaymentForm::default(), format);
        let request = operator.request("GET", &path).header(ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap();
        let (parts, body) = operator.answer(request).await.into_parts();
        assert_eq!(parts.headers[CONTENT_ENCODING], "br", "{path}");
        assert!(!to_bytes(body, 1 << 20).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn who_does_not_account_for_payment_gets_no_file_and_a_stranger_signs_in_first() {
    let world = World::demo().await;
    for path in ["/rendicontazione.csv", "/rendicontazione.xlsx"] {
        assert_eq!(world.anonymous().get(path).await.header(LOCATION), paths::sign_in_and_return(path));
        for client in [world.coach().await, world.system().await] {
            let page = client.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.header(CONTENT_TYPE).starts_with("text/html") && page.body.contains("Pagina non trovata"));
            let request = client.request("GET", path).body(Body::empty()).unwrap();
            world.send(request).await.is_problem(StatusCode::NOT_FOUND);
        }
    }
    let operator = world.operator().await;
    operator.get("/rendicontazione.csv?from=ieri").await.is_problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.coach().await.get("/rendicontazione").await.status, StatusCode::NOT_FOUND);
    assert_eq!(operator.get("/rendicontazione?only=blocked").await.status, StatusCode::OK);
    assert_eq!(world.execute("delete from payment_export").await, 0, "nothing was taken away");
}

#[tokio::test]
async fn thousands_of_dossiers_leave_in_pieces_that_stay_small() {
    const MANY: usize = 3_000;
    let world = World::demo().await;
    for sql in ["create temporary table many as with recursive count(n) as (select 1 union all select n + 1 from count where n < 3000) \
         select n, randomblob(16) as id from count; \
         insert into opal (id, opal_code, content_hash, voucher_id, voucher_kind, valid_from, valid_to, person_id, provider_id, site_id, \
         employer_name, employer_vat_number, employer_town, employer_contact, sealed_ground, centre_code, notified_at, notified_local, \
         notified_on, decide_by, state, list_rank, decided_at, decided_local, decided_by, admitted_on, version) \
         select many.id, 'JC-MANY-' || many.n, content_hash, voucher_id, voucher_kind, valid_from, valid_to, person_id, \
         provider_id, site_id, employer_name, employer_vat_number, employer_town, employer_contact, sealed_ground, centre_code, notified_at, \
         notified_local, notified_on, decide_by, state, list_rank, decided_at, decided_local, decided_by, \
         admitted_on, version from opal, many where opal_code = 'JC-2026-110188'; \
         insert into activity (opal_id, code, ordinal, name, agreed_minutes, rate_cents, at_employer, assumption, version) \
         select many.id, code, ordinal, name, agreed_minutes, rate_cents, at_employer, assumption, activity.version from many join opal on opal.opal_code = 'JC-2026-110188' join activity on activity.opal_id = opal.id"]
    {
        world.execute(sql).await;
    }
    let operator = world.operator().await;
    let many = PaymentForm { opal_code: "JC-MANY".to_owned(), ..PaymentForm::default() };
    let text = file(&operator, &many, ExportFormat::Csv).await;
    assert_eq!(text.lines().len(), MANY + 2);
    assert!(text.pieces.len() > MANY / 500, "{} pieces", text.pieces.len());
    assert!(text.pieces.iter().all(|piece| piece.len() < 256 * 1024), "a piece is a batch");
    let codes: std::collections::BTreeSet<_> = text.lines().into_iter().map(|mut line| line.swap_remove(0)).collect();
    assert_eq!(codes.len(), MANY + 2, "each once");
    let book = file(&operator, &many, ExportFormat::Xlsx).await;
    assert!(book.pieces.len() > 2 && book.pieces.iter().all(|piece| piece.len() <= 128 * 1024), "{} pieces", book.pieces.len());
    assert_eq!(book.cells().len(), MANY + 2);
}
