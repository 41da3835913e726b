//! The addresses of the pages. Nobody writes a URL by hand elsewhere; the words are those of the manual.

use chrono::NaiveDate;
use leptos::prelude::GetUntracked as _;
use leptos_router::{location::Location, params::ParamsMap};
use uuid::Uuid;

use crate::domain::{
    agenda::{CalendarQuery, Whose},
    document::DocumentKind,
    dossier::{
        PoliciesFilter,
        payment::{ExportFormat, PaymentForm},
    },
    ids::{CoachId, DocumentId, DraftId, OpalId, ProviderId, ScanId, SessionId},
    request::{RefusalsForm, RequestSearchForm},
    rulebook::ActivityCode,
    session::SessionForm,
    time::Span,
};

/// Names the page to come back to after signing in.
pub const RETURN: &str = "ritorno";
/// Names the remembered personal search.
pub const REMEMBERED: &str = "ricerca";
/// Names the ended session that a new one takes the place of.
pub const REPLACES: &str = "da";
/// Names the first day of the version of the rulebook that is shown.
const VERSION: &str = "versione";
/// Names how many days the agenda shows.
const VIEW: &str = "vista";
/// Names a day: of the agenda, or of a new session.
const DAY: &str = "giorno";
/// Names a coach: of the agenda, or of a new session.
const COACH: &str = "coach";
/// Names the dossier whose person's agenda is shown.
const DOSSIER: &str = "dossier";
/// Name the times of a new session.
const TIMES: [&str; 2] = ["dalle", "alle"];

/// The address that the router has come to, with its query, which it knows without its mark.
pub fn whole(location: &Location) -> String {
    let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
    if query.is_empty() || query.starts_with('?') { path + &query } else { format!("{path}?{query}") }
}

/// Cruscotto.
pub fn home() -> String {
    "/".to_owned()
}

/// Accedi.
pub fn sign_in() -> String {
    "/accedi".to_owned()
}

/// Accedi, and then back to a page of ours.
pub fn sign_in_and_return(to: &str) -> String {
    if to == home() { sign_in() } else { with_query(sign_in(), [(RETURN, to.to_owned())]) }
}

/// Da regolarizzare: all of them.
pub fn to_regularise() -> String {
    "/da-regolarizzare".to_owned()
}

/// Richieste attivazione servizi.
pub fn requests() -> String {
    "/richieste".to_owned()
}

/// The list narrowed to a search; what is personal is only named by its token (R4).
pub fn requests_found(form: &RequestSearchForm, remembered: Option<Uuid>) -> String {
    let fields = [
        ("states", &form.states),
        ("opal_code", &form.opal_code),
        ("centre", &form.centre),
        ("site", &form.site),
        ("voucher", &form.voucher),
        ("notified_from", &form.notified_from),
        ("notified_to", &form.notified_to),
        ("within", &form.within),
    ];
    let neutral = fields.into_iter().map(|(name, value)| (name, value.trim().to_owned())).filter(|(_, value)| !value.is_empty());
    with_query(requests(), neutral.chain(remembered.map(|token| (REMEMBERED, token.to_string()))))
}

/// Reads back what [`requests_found`] wrote.
pub fn read_search(query: &ParamsMap) -> (RequestSearchForm, Option<Uuid>) {
    let field = |name| query.get(name).unwrap_or_default();
    let form = RequestSearchForm {
        states: field("states"),
        opal_code: field("opal_code"),
        centre: field("centre"),
        site: field("site"),
        voucher: field("voucher"),
        notified_from: field("notified_from"),
        notified_to: field("notified_to"),
        within: field("within"),
    };
    (form, query.get(REMEMBERED).and_then(|token| token.parse().ok()))
}

/// One request.
pub fn request(id: OpalId) -> String {
    format!("/richieste/{id}")
}

/// Profilo del beneficiario.
pub fn profile(id: OpalId) -> String {
    format!("/richieste/{id}/profilo")
}

/// Limiti personali per la pianificazione.
pub fn limits(id: OpalId) -> String {
    format!("{}/limiti", profile(id))
}

/// Gestione politiche attive.
pub fn policies() -> String {
    "/politiche-attive".to_owned()
}

/// The dossiers narrowed to a filter: nothing in it is about a person (R4).
pub fn policies_found(filter: &PoliciesFilter) -> String {
    let concluded = if filter.concluded { "1" } else { "" };
    let fields = [("opal_code", filter.opal_code.trim()), ("site", filter.site.trim()), ("concluded", concluded)];
    with_query(policies(), fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.to_owned())))
}

/// Reads back what [`policies_found`] wrote.
pub fn read_policies(query: &ParamsMap) -> PoliciesFilter {
    let field = |name| query.get(name).unwrap_or_default();
    PoliciesFilter { opal_code: field("opal_code"), site: field("site"), concluded: query.get("concluded").is_some() }
}

/// Rendicontazione.
pub fn payments() -> String {
    "/rendicontazione".to_owned()
}

/// The dossiers to pay narrowed to a filter: nothing in it is about a person (R4).
pub fn payments_found(form: &PaymentForm) -> String {
    with_query(payments(), payment_query(form))
}

/// The same dossiers as a file.
pub fn payments_file(form: &PaymentForm, format: ExportFormat) -> String {
    with_query(format!("{}.{}", payments(), format.as_str()), payment_query(form))
}

fn payment_query(form: &PaymentForm) -> impl Iterator<Item = (&'static str, String)> {
    let PaymentForm { opal_code, site, status, from, to, only } = form;
    let fields = [("opal_code", opal_code), ("site", site), ("status", status), ("from", from), ("to", to), ("only", only)];
    fields.map(|(name, value)| (name, value.trim().to_owned())).into_iter().filter(|(_, value)| !value.is_empty())
}

/// Reads back what [`payments_found`] wrote.
pub fn read_payments(query: &ParamsMap) -> PaymentForm {
    let field = |name| query.get(name).unwrap_or_default();
    let [opal_code, site, status, from, to, only] = ["opal_code", "site", "status", "from", "to", "only"].map(field);
    PaymentForm { opal_code, site, status, from, to, only }
}

/// One dossier.
pub fn dossier(id: OpalId) -> String {
    format!("/dossier/{id}")
}

/// Documenti of a dossier.
pub fn documents(id: OpalId) -> String {
    format!("/dossier/{id}/documenti")
}

/// The page on which a document is written.
pub fn draft(id: OpalId, draft: DraftId) -> String {
    format!("{}/bozze/{draft}", documents(id))
}

/// Where anybody asks for the code on a paper.
pub fn verification(code: &str) -> String {
    format!("/verifica/{code}")
}

/// Previews and files of documents, as the server routes them.
pub const PREVIEW_ROUTE: &str = "/dossier/{dossier}/documenti/anteprima/{kind}";
/// The same of a draft.
pub const DRAFT_PREVIEW_ROUTE: &str = "/dossier/{dossier}/documenti/bozze/{draft}/anteprima";
/// The PDF of an issued document.
pub const ISSUED_ROUTE: &str = "/documenti/{document}/pdf";
/// What was uploaded, behind its cover.
pub const ORIGINAL_ROUTE: &str = "/documenti/{document}/originale";
/// The scan of a signed register.
pub const SCAN_ROUTE: &str = "/documenti/scansioni/{scan}";
/// All of a dossier.
pub const BUNDLE_ROUTE: &str = "/dossier/{dossier}/fascicolo.zip";
/// Takes an output that was made elsewhere.
pub const UPLOAD_ROUTE: &str = "/dossier/{dossier}/documenti/carica";
/// Takes the scan of a signed register.
pub const SCAN_UPLOAD_ROUTE: &str = "/documenti/{document}/firme";

/// A route with its parameters in place.
fn filled(route: &str, values: &[&str]) -> String {
    let parts = route
        .split('/')
        .scan(values.iter(), |values, part| Some(if part.starts_with('{') { values.next().copied().unwrap_or_default() } else { part }));
    parts.collect::<Vec<_>>().join("/")
}

/// A register or an attestation as it would be issued now.
pub fn preview(id: OpalId, kind: DocumentKind) -> String {
    filled(PREVIEW_ROUTE, &[&id.to_string(), kind.as_str()])
}

/// A draft as it would be issued now.
pub fn draft_preview(id: OpalId, draft: DraftId) -> String {
    filled(DRAFT_PREVIEW_ROUTE, &[&id.to_string(), &draft.to_string()])
}

/// The PDF of an issued document.
pub fn issued_file(id: DocumentId) -> String {
    filled(ISSUED_ROUTE, &[&id.to_string()])
}

/// What was uploaded, behind its cover.
pub fn original_file(id: DocumentId) -> String {
    filled(ORIGINAL_ROUTE, &[&id.to_string()])
}

/// The scan of a signed register.
pub fn scan_file(id: ScanId) -> String {
    filled(SCAN_ROUTE, &[&id.to_string()])
}

/// All of a dossier.
pub fn bundle_file(id: OpalId) -> String {
    filled(BUNDLE_ROUTE, &[&id.to_string()])
}

/// Takes an output that was made elsewhere.
pub fn upload(id: OpalId) -> String {
    filled(UPLOAD_ROUTE, &[&id.to_string()])
}

/// Takes the scan of a signed register.
pub fn scan_upload(id: DocumentId) -> String {
    filled(SCAN_UPLOAD_ROUTE, &[&id.to_string()])
}

/// One activity of a dossier.
pub fn activity(id: OpalId, code: ActivityCode) -> String {
    format!("/dossier/{id}/attivita/{}", code.as_str())
}

/// A session in the list of its activity.
pub fn session_in_activity(id: OpalId, code: ActivityCode, session: SessionId) -> String {
    format!("{}#{}", activity(id, code), session_anchor(session))
}

/// The element id of a session in the list of its activity.
pub fn session_anchor(session: SessionId) -> String {
    format!("erogazione-{session}")
}

/// Nuova erogazione.
pub fn new_session(id: OpalId, code: ActivityCode) -> String {
    format!("{}/erogazioni/nuova", activity(id, code))
}

/// Nuova serie.
pub fn new_series(id: OpalId, code: ActivityCode) -> String {
    format!("{}/erogazioni/serie", activity(id, code))
}

/// Ripianifica: a new session filled from an ended one.
pub fn replan(id: OpalId, code: ActivityCode, ended: SessionId) -> String {
    with_query(new_session(id, code), [(REPLACES, ended.to_string())])
}

/// The form of an existing session.
pub fn edit_session(id: OpalId, code: ActivityCode, session: SessionId) -> String {
    format!("{}/erogazioni/{session}", activity(id, code))
}

/// Avvisi.
pub fn notices() -> String {
    "/avvisi".to_owned()
}

/// Rifiuti per ente.
pub fn refusals() -> String {
    "/rifiuti".to_owned()
}

/// The refusals of a period.
pub fn refusals_between(from: &str, to: &str) -> String {
    let fields = [("from", from.trim()), ("to", to.trim())];
    with_query(refusals(), fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.to_owned())))
}

/// Reads back what [`refusals_between`] wrote.
pub fn read_refusals(query: &ParamsMap) -> RefusalsForm {
    let field = |name| query.get(name).unwrap_or_default();
    RefusalsForm { from: field("from"), to: field("to") }
}

/// Manca qualcosa.
pub fn lacking() -> String {
    "/manca-qualcosa".to_owned()
}

/// Agenda.
pub fn agenda() -> String {
    "/agenda".to_owned()
}

/// The agenda of a day or week, of a coach, a person or the site; persons are named by their dossier.
pub fn agenda_at(query: CalendarQuery) -> String {
    let whose = match query.whose {
        Some(Whose::Coach(id)) => Some((COACH, id.to_string())),
        Some(Whose::Dossier(id)) => Some((DOSSIER, id.to_string())),
        Some(Whose::Site) | None => None,
    };
    let view = query.view.map(|view| (VIEW, view.as_str().to_owned()));
    with_query(agenda(), view.into_iter().chain(query.on.map(|on| (DAY, on.to_string()))).chain(whose))
}

/// Reads back what [`agenda_at`] wrote.
pub fn read_agenda(query: &ParamsMap) -> CalendarQuery {
    let coach = query.get(COACH).and_then(|id| id.parse().ok()).map(Whose::Coach);
    let dossier = || query.get(DOSSIER).and_then(|id| id.parse().ok()).map(Whose::Dossier);
    CalendarQuery {
        view: query.get(VIEW).and_then(|view| view.parse().ok()),
        on: query.get(DAY).and_then(|on| on.parse().ok()),
        whose: coach.or_else(dossier),
    }
}

/// Nuova erogazione at a time that was chosen already, with a coach where one was.
pub fn new_session_at(id: OpalId, code: ActivityCode, coach: Option<CoachId>, span: Span) -> String {
    let [from, to] = TIMES;
    let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let when = [(DAY, span.on().to_string()), (from, time(span.from())), (to, time(span.to()))];
    with_query(new_session(id, code), coach.map(|coach| (COACH, coach.to_string())).into_iter().chain(when))
}

/// What a new session starts with, as [`new_session_at`] wrote it.
pub fn read_new_session(query: &ParamsMap) -> SessionForm {
    let field = |name| query.get(name).unwrap_or_default();
    let [from, to] = TIMES;
    SessionForm { coach: field(COACH), on: field(DAY), from: field(from), to: field(to), note: String::new() }
}

/// Regole.
pub fn rulebook() -> String {
    "/regole".to_owned()
}

/// The rulebook at one of its versions.
pub fn rulebook_version(valid_from: NaiveDate) -> String {
    with_query(rulebook(), [(VERSION, valid_from.to_string())])
}

/// Reads back what [`rulebook_version`] wrote.
pub fn read_rulebook_version(query: &ParamsMap) -> Option<NaiveDate> {
    query.get(VERSION)?.parse().ok()
}

/// Nuova versione of the rulebook.
pub fn new_rulebook_version() -> String {
    "/regole/nuova".to_owned()
}

/// Enti.
pub fn providers() -> String {
    "/amministrazione/enti".to_owned()
}

/// One provider.
pub fn provider(id: ProviderId) -> String {
    format!("{}/{id}", providers())
}

/// The address of a page to come back to, when it is one of ours: anything that could lead to another host is dropped.
pub fn local(to: &str) -> Option<&str> {
    let mut letters = to.chars();
    let ours = letters.next() == Some('/') && letters.next() != Some('/');
    (ours && !to.contains(|letter: char| letter == '\\' || letter.is_control())).then_some(to)
}

fn with_query(path: String, fields: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let query = fields.into_iter().map(|(name, value)| format!("{name}={}", escape(&value))).collect::<Vec<_>>().join("&");
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The same on both sides, which the framework's own is not: a page must be rendered alike.
fn escape(value: &str) -> String {
    use std::fmt::Write as _;
    value.bytes().fold(String::with_capacity(value.len()), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_ours_is_returned_to() {
        assert_eq!(local("/richieste?states=pending"), Some("/richieste?states=pending"));
        for elsewhere in ["", "richieste", "https://example.org", "//example.org", "/\\example.org", "/\t/example.org", "\\/example.org"] {
            assert_eq!(local(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn r4_the_address_of_a_search_carries_every_neutral_field_and_only_a_token_for_the_rest() {
        let form = RequestSearchForm {
            states: "pending,admitted".to_owned(),
            centre: "CPI di Padova".to_owned(),
            within: "3".to_owned(),
            ..RequestSearchForm::default()
        };
        let token = Uuid::from_u128(7);
        let address = requests_found(&form, Some(token));
        assert_eq!(address, format!("/richieste?states=pending%2Cadmitted&centre=CPI%20di%20Padova&within=3&ricerca={token}"));
        assert_eq!(requests_found(&RequestSearchForm::default(), None), "/richieste");
    }

    #[test]
    fn an_agenda_is_found_again_by_its_address_which_names_nobody() {
        use crate::domain::agenda::CalendarView;
        let on = "2026-11-24".parse().ok();
        let id = Uuid::from_u128(7);
        let whose = [None, Some(Whose::Coach(CoachId(id))), Some(Whose::Dossier(OpalId(id)))];
        for query in whose.map(|whose| CalendarQuery { view: Some(CalendarView::Week), on, whose }) {
            let address = agenda_at(query);
            let mut params = ParamsMap::new();
            for (name, value) in address
                .split_once('?')
                .map(|(_, query)| query)
                .into_iter()
                .flat_map(|query| query.split('&'))
                .filter_map(|pair| pair.split_once('='))
            {
                params.insert(name.to_owned(), value.to_owned());
            }
            assert_eq!(read_agenda(&params), query, "{address}");
        }
        assert_eq!(agenda_at(CalendarQuery::default()), "/agenda");
    }

    #[test]
    fn the_page_after_signing_in_is_named_unless_it_is_the_dashboard() {
        assert_eq!(sign_in_and_return("/"), "/accedi");
        assert_eq!(sign_in_and_return("/richieste?within=3"), "/accedi?ritorno=%2Frichieste%3Fwithin%3D3");
    }
}
