//! One issued document: number, code, when and by whom, its files, and whether its data have changed since.

use leptos::prelude::*;

use crate::{
    domain::{
        document::{DocumentRow, DocumentState, ScanRow},
        text::{counted, date_long, time_hm},
    },
    ui::{
        components::{Icon, StateBadge},
        paths,
    },
};

/// The documents of one kind: those that count, and behind a fold those whose place was taken.
#[component]
pub fn Papers(rows: Vec<DocumentRow>) -> impl IntoView {
    let (current, older): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.state == DocumentState::Current);
    let count = older.len();
    let list = |rows: Vec<DocumentRow>| {
        (!rows.is_empty()).then(|| view! { <ul class="papers">{rows.into_iter().map(|row| view! { <Paper row/> }).collect_view()}</ul> })
    };
    view! {
        {list(current)}
        {(count > 0).then(|| view! { <details><summary>{format!("Versioni precedenti ({count})")}</summary>{list(older)}</details> })}
    }
}

/// One document.
#[component]
fn Paper(row: DocumentRow) -> impl IntoView {
    let DocumentRow { id, kind, title, number, code, issued_at, issued_by, drafted_on, state, changed, size, original, scans, .. } = row;
    let issued = format!("Emesso il {}, {} da {issued_by}", date_long(issued_at.today()), time_hm(issued_at.time()));
    let drafted = drafted_on.map(|on| format!(" · redatto il {}", date_long(on)));
    let name = title.unwrap_or_else(|| kind.label().to_owned());
    let heading = format!("{name} n. {number}");
    let outdated = (changed && state == DocumentState::Current).then(|| {
        view! { <p class="papers__warning"><Icon name="it-warning-circle" size="icon--sm"/>" I dati del fascicolo sono cambiati dopo l'emissione."</p> }
    });
    let original = original.map(|(format, size)| file_link(paths::original_file(id), format!("Originale {format}"), &heading, size));
    view! {
        <li class="papers__paper">
            <div class="papers__head"><b>{heading.clone()}</b>" "<StateBadge state/></div>
            <p class="muted">{issued}{drafted}" · codice "<a href=paths::verification(code.as_str())>{code.printed()}</a></p>
            {outdated}
            <div class="cluster">{file_link(paths::issued_file(id), "PDF".to_owned(), &heading, size)}{original}</div>
            {(!scans.is_empty()).then(|| view! { <ul class="papers__scans">{scans.into_iter().map(|scan| view! { <Scanned scan/> }).collect_view()}</ul> })}
        </li>
    }
}

/// A scan of the signed paper.
#[component]
fn Scanned(scan: ScanRow) -> impl IntoView {
    let ScanRow { id, added_at, added_by, signer, signed, format, size } = scan;
    let about = format!("scansione del {}", date_long(added_at.today()));
    view! {
        <li>
            <Icon name="it-sign" size="icon--sm"/>
            {format!(" {} · {signer} · caricata il {} da {added_by} ", counted(signed, "riga firmata", "righe firmate"), date_long(added_at.today()))}
            {file_link(paths::scan_file(id), format, &about, size)}
        </li>
    }
}

/// A file to take away. The router leaves it to the browser.
fn file_link(href: String, what: String, of: &str, size: u64) -> impl IntoView + use<> {
    view! {
        <a href=href rel="external" download>
            <Icon name="it-download" size="icon--sm"/>" "{what}<span class="visually-hidden">{format!(" di {of}")}</span>{format!(" ({})", bytes(size))}
        </a>
    }
}

/// `40 KB`, `1,5 MB`.
pub fn bytes(size: u64) -> String {
    const KB: u64 = 1024;
    match size {
        ..KB => format!("{size} byte"),
        size if size < KB * KB => format!("{} KB", size.div_ceil(KB)),
        size => {
            let tenths = size * 10 / (KB * KB);
            format!("{},{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// A sentence where there is nothing.
pub fn empty(sentence: &'static str) -> impl IntoView {
    view! { <p class="muted">{sentence}</p> }
}
