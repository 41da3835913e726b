//! What the rules say, with sample values: every reason that a finding can have, and the refusals of requests and activities.

use std::collections::BTreeSet;

use app::domain::{
    activity::{ActivityState, plan_closing},
    dossier::DossierFrame,
    ids::{CoachId, SessionId},
    provider::{Standing, StandingEntry, Standings},
    request::{Decision, PersonalSearch, RefusalForm, RequestAction, RequestSearchForm, RequestState, ground_warning, intake::Ground},
    rulebook::{ActivityCode, Finding, Reason, Refusal, Rule, Rulebook, Whose},
    session::{Action, SessionFacts, SessionField, SessionState},
    time::{LocalInstant, Span},
};
use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

/// All sentences by rule, each once.
pub fn all() -> Vec<(Rule, String)> {
    let findings = findings().into_iter().map(|finding| (finding.rule, finding.sentence()));
    let all: BTreeSet<_> = findings.chain(refusals().into_iter().map(|refusal| (refusal.rule, refusal.sentence))).collect();
    all.into_iter().collect()
}

/// The same reasons with the longest names that a published version can hold: measured, but not shown.
pub fn longest() -> Vec<(Rule, String)> {
    let (on, longest) = (day("2028-09-20"), || "W".repeat(50));
    let patron = |refused| Reason::PatronSaint { on, town: longest(), name: longest(), refused };
    let reasons = [patron(false), patron(true), Reason::PublicHoliday { on, name: longest() }];
    reasons.map(|reason| (Rule::R28, Finding::new(Rule::R28, reason).sentence())).into()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn span() -> Span {
    Span::new(day("2026-11-24"), time("09:00"), time("11:00")).unwrap()
}

/// Lists samples by the variant they are of. The patterns make one exhaustive `match` as well: a variant without a sample does not compile.
macro_rules! samples {
    ($($pattern:pat => $samples:expr,)*) => {
        fn findings() -> Vec<Finding> {
            let line = |reason: &Reason| match reason { $($pattern => stringify!($pattern),)* };
            let mut findings = Vec::new();
            $(for (rule, reason) in $samples {
                assert_eq!(line(&reason), stringify!($pattern), "a sample stands in the wrong line");
                findings.push(Finding::new(rule, reason));
            })*
            findings
        }
    };
}

samples! {
    Reason::BeforeAdmission { .. } => [(Rule::R10, Reason::BeforeAdmission { admitted_on: day("2026-11-20") })],
    Reason::OtherSite => [(Rule::R13, Reason::OtherSite)],
    Reason::Missing { .. } => SessionField::ALL.map(|field| (Rule::R15, Reason::Missing { field })),
    Reason::CoachNotActive => [(Rule::R15, Reason::CoachNotActive)],
    Reason::NoteTooLong { .. } => [(Rule::R15, Reason::NoteTooLong { length: 1042, limit: 1000 })],
    Reason::NoPlace => [(Rule::R15, Reason::NoPlace)],
    Reason::WrongState { .. } => wrong_states(),
    Reason::OverAgreed { .. } => [60, 0].map(|entered| (Rule::R19, Reason::OverAgreed { agreed: 44 * 60, used: 42 * 60, entered, asked: 150 })),
    Reason::NotYet { .. } => [Rule::R20, Rule::R21].map(|rule| (rule, Reason::NotYet { on: day("2026-11-24") })),
    Reason::BeforeEnd { .. } => [(Rule::R21, Reason::BeforeEnd { to: time("11:00") })],
    Reason::NoReason => [(Rule::R22, Reason::NoReason)],
    Reason::SupervisorOnly => [(Rule::R22, Reason::SupervisorOnly)],
    Reason::TooLate { .. } => [(Rule::R23, Reason::TooLate { on: day("2026-11-24"), last: day("2026-12-01"), days: 7 })],
    Reason::LateEntry { .. } => [(0, false), (3, false), (0, true)].map(|(days, refused)| (Rule::R24, Reason::LateEntry { days, refused })),
    Reason::OffStep { .. } => [(Rule::R25, Reason::OffStep { step: 15 })],
    Reason::DayCap { .. } => [(Whose::Person, true), (Whose::Coach, false), (Whose::Coach, true)]
        .map(|(whose, refused)| (Rule::R26, Reason::DayCap { whose, measured: 570, limit: 480, on: day("2026-11-24"), refused })),
    Reason::OutsideWindow { .. } => [(
        Rule::R27,
        Reason::OutsideWindow { from: time("07:00"), to: time("09:00"), earliest: time("07:30"), latest: time("23:00") },
    )],
    Reason::EndsBeforeStart => [(Rule::R27, Reason::EndsBeforeStart)],
    Reason::PublicHoliday { .. } => [(Rule::R28, Reason::PublicHoliday { on: day("2026-12-08"), name: "Immacolata Concezione".to_owned() })],
    Reason::PatronSaint { .. } => [false, true].map(|refused| {
        let (town, name) = ("Padova".to_owned(), "Sant'Antonio".to_owned());
        (Rule::R28, Reason::PatronSaint { on: day("2028-06-13"), town, name, refused })
    }),
    Reason::WeekCap { .. } => [(Rule::R29, Reason::WeekCap { measured: 41 * 60, limit: 40 * 60, week: 48 })],
    Reason::PersonDay { .. } => [(Rule::R30, Reason::PersonDay { measured: 300, limit: 240, on: day("2026-11-24") })],
    Reason::PersonWeek { .. } => [(Rule::R30, Reason::PersonWeek { measured: 22 * 60, limit: 20 * 60, week: 48 })],
    Reason::PersonHours { .. } => [(
        Rule::R30,
        Reason::PersonHours { from: time("08:00"), to: time("11:00"), earliest: Some(time("09:00")), latest: Some(time("14:00")) },
    )],
    Reason::PersonWeekday { .. } => [(Rule::R30, Reason::PersonWeekday { on: day("2026-11-24") })],
    Reason::NoDescription => [(Rule::R31, Reason::NoDescription)],
    Reason::DescriptionTooLong { .. } => [(Rule::R31, Reason::DescriptionTooLong { length: 1042, limit: 1000 })],
    Reason::ActivityClosed => [(Rule::R37, Reason::ActivityClosed)],
    Reason::OutsideVoucher { .. } => [(Rule::R38, Reason::OutsideVoucher { valid_from: day("2026-01-07"), valid_to: day("2026-05-31") })],
    Reason::Interrupted { .. } => [(Rule::R38, Reason::Interrupted { on: day("2026-03-02") })],
    Reason::VoucherClosed { .. } => [(Rule::R38, Reason::VoucherClosed { valid_to: day("2026-05-31") })],
    Reason::ReadOnly { .. } => [(Rule::R38, Reason::ReadOnly { since: day("2026-07-31") })],
    Reason::Overlap { .. } => [Whose::Person, Whose::Coach].map(|whose| (Rule::R41, Reason::Overlap { whose, with: span() })),
}

/// One sample for each rule that speaks about the state.
fn wrong_states() -> Vec<(Rule, Reason)> {
    let pairs = Action::ALL.into_iter().flat_map(|action| SessionState::ALL.map(|state| (action, state)));
    let mut seen = BTreeSet::new();
    let refused = pairs.filter_map(|(action, state)| state.after(action).err()).filter(|finding| seen.insert(finding.rule));
    refused.map(|finding| (finding.rule, finding.reason)).collect()
}

/// What requests and activities are refused with.
fn refusals() -> Vec<Refusal> {
    let mut all = decisions();
    all.extend(forms());
    all.extend(closings());
    all.extend(ground_warning(&Ground::RecentHire { hired_on: day("2026-06-01"), contract: None }, day("2026-11-24")));
    all.extend(suspensions());
    all
}

/// R40: a suspension to come, one that lasts, and one that ends.
fn suspensions() -> Vec<Refusal> {
    let entry = |from: &str, standing| {
        let at = LocalInstant(day("2026-11-01").and_time(time("10:00")));
        StandingEntry { from: day(from), standing, reason: String::new(), by: String::new(), at }
    };
    let lasting = || [entry("2026-01-01", Standing::Active), entry("2026-11-24", Standing::Suspended)];
    let told = |known: Standings, today| known.warning(day(today));
    let ending = lasting().into_iter().chain([entry("2026-12-10", Standing::Active)]).collect();
    let all = [
        told(lasting().into_iter().collect(), "2026-11-23"),
        told(lasting().into_iter().collect(), "2026-11-24"),
        told(ending, "2026-11-24"),
    ];
    all.into_iter().flatten().collect()
}

/// R7, R10, R40.
fn decisions() -> Vec<Refusal> {
    let (book, notified_on) = (Rulebook::builtin(), day("2026-11-17"));
    let take = |state, provider_active, action, today: &str| {
        Decision { state, notified_on, provider_active }.take(&book, action, day(today)).unwrap_err()
    };
    vec![
        take(RequestState::Pending, true, RequestAction::Lapse, "2026-11-24"),
        take(RequestState::Pending, true, RequestAction::Admit, "2026-11-25"),
        take(RequestState::Withdrawn, true, RequestAction::Admit, "2026-11-18"),
        take(RequestState::Admitted, true, RequestAction::Refuse, "2026-11-18"),
        take(RequestState::Pending, false, RequestAction::Admit, "2026-11-18"),
    ]
}

/// R4, R6, R8.
fn forms() -> Vec<Refusal> {
    let refusal = |category: &str, reason: String| RefusalForm { category: category.to_owned(), reason }.check(20).unwrap_err();
    let search = |form: RequestSearchForm, tax_code: &str| {
        let personal = PersonalSearch { tax_code: tax_code.to_owned(), ..PersonalSearch::default() };
        form.check(&personal).err().unwrap_or_default()
    };
    let typed = |change: fn(&mut RequestSearchForm)| {
        let mut form = RequestSearchForm::default();
        change(&mut form);
        form
    };
    let problems = [
        refusal("", "Troppo breve".to_owned()),
        refusal("other", "x".repeat(2042)),
        search(
            typed(|form| (form.notified_from, form.within, form.voucher) = ("2026-02-30".into(), "400".into(), "rafforzato".into())),
            "",
        ),
        search(typed(|form| (form.notified_from, form.notified_to) = ("2026-11-24".into(), "2026-11-23".into())), ""),
        search(typed(|form| form.states = "altro".into()), "RSSMRA80A01H501X"),
    ];
    problems.into_iter().flatten().map(|problem| Refusal::new(problem.rule, problem.sentence)).collect()
}

/// R36, R37, R38.
fn closings() -> Vec<Refusal> {
    let book = Rulebook::builtin();
    let dossier =
        DossierFrame { admitted_on: day("2026-01-08"), valid_from: day("2026-01-07"), valid_to: day("2026-12-31"), interrupted_on: None };
    let close = |state, today: &str, session: Option<SessionState>| {
        let facts = |state| SessionFacts {
            id: SessionId(Uuid::nil()),
            activity: ActivityCode::CoachingPlan,
            coach: CoachId(Uuid::nil()),
            span: span(),
            state,
        };
        let sessions: Vec<_> = session.into_iter().map(facts).collect();
        let now = LocalInstant(day(today).and_time(time("10:00")));
        plan_closing(&book, now, dossier, state, 240, &sessions).unwrap_err()
    };
    vec![
        close(ActivityState::Closed, "2026-11-24", None),
        close(ActivityState::InProgress, "2026-11-24", Some(SessionState::Started)),
        close(ActivityState::InProgress, "2026-11-24", Some(SessionState::Scheduled)),
        close(ActivityState::InProgress, "2027-03-02", None),
    ]
}
