//! Surroundings of a known size, for measuring a check and the search for another time.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{coach_id, hour, session_id, site_id};
use crate::domain::{
    activity::ActivityFrame,
    dossier::{DossierFrame, VoucherKind, Workplace},
    person::PersonLimits,
    provider::Coach,
    rulebook::{ActivityCode, Rulebook},
    session::{Busy, BusyWho, Horizon, Proposal, SEARCH_DAYS, SeriesForm, SessionFacts, SessionForm, SessionState, Surroundings},
    time::{LocalInstant, Span, is_sunday},
    weekdays::DayOfWeek,
};

/// A Monday with no holiday for a month on either side.
fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 9, 13).unwrap_or_default()
}

fn span(on: NaiveDate, from: (u32, u32), to: (u32, u32)) -> Option<Span> {
    let time = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0);
    Span::new(on, time(from)?, time(to)?)
}

/// The working days from `from` on.
fn working_days(from: NaiveDate, days: u32) -> impl Iterator<Item = NaiveDate> {
    (0..days).filter_map(move |away| from.checked_add_days(Days::new(away.into()))).filter(|on| !is_sunday(*on))
}

/// A dossier of three coaches with no session yet, seen on the Friday before [`monday`].
fn empty() -> Surroundings {
    let rulebook = Rulebook::builtin();
    let today = monday() - Days::new(3);
    let lines = &rulebook.on(today).catalogue.activities;
    let frame = |code, agreed, at_employer| ActivityFrame { code, agreed, at_employer, closed: false };
    Surroundings {
        now: LocalInstant(today.and_time(hour(10))),
        manages: true,
        supervises: false,
        dossier: DossierFrame {
            admitted_on: today - Days::new(20),
            valid_from: today - Days::new(30),
            valid_to: today + Days::new(300),
            interrupted_on: None,
        },
        activities: lines.iter().map(|line| frame(line.code, line.minutes.of(VoucherKind::Base), line.at_employer)).collect(),
        sessions: Vec::new(),
        limits: Some(PersonLimits {
            max_minutes_per_day: Some(420),
            earliest: Some(hour(8)),
            latest: Some(hour(20)),
            ..PersonLimits::default()
        }),
        site: site_id(0),
        site_town: "Padova".to_owned(),
        workplaces: vec![Workplace { since: today, town: "Abano Terme".to_owned() }],
        horizon: Horizon::search(Some(coach_id(0)), monday()),
        elsewhere: Vec::new(),
        coaches: (0..3)
            .map(|number| Coach {
                id: coach_id(number),
                name: format!("Operatore {number}"),
                site: site_id(0),
                active_from: today - Days::new(500),
                active_to: None,
            })
            .collect(),
        rulebook,
    }
}

fn proposal(span: Option<Span>) -> Proposal {
    Proposal {
        id: None,
        activity: ActivityCode::OnTheJobTraining,
        coach: Some(coach_id(0)),
        on: span.map(Span::on),
        from: span.map(Span::from),
        to: span.map(Span::to),
        note: "presso il datore di lavoro, reparto B".to_owned(),
    }
}

/// A week with sixty sessions of half an hour, and one hour more that no rule refuses.
pub fn sixty_sessions() -> (Proposal, Surroundings) {
    let spans = working_days(monday(), 7).flat_map(|on| (8..18).filter_map(move |hour| span(on, (hour, 0), (hour, 30))));
    let sessions = (0..).zip(spans).map(|(number, span)| SessionFacts {
        id: session_id(number),
        activity: ActivityCode::OnTheJobTraining,
        coach: coach_id(number % 3),
        span,
        state: if number % 2 == 0 { SessionState::Scheduled } else { SessionState::Entered },
    });
    let around = Surroundings { sessions: sessions.collect(), ..empty() };
    (proposal(span(monday() + Days::new(2), (18, 30), (19, 30))), around)
}

/// Everybody's normal weeks: the person has two sessions a week, each coach works four times a day with others; the coach is busy when wanted.
pub fn normal_week() -> (Proposal, Surroundings) {
    let around = empty();
    let (from, days) = (around.horizon.from, 7 + 2 * SEARCH_DAYS + 7);
    let busy = |who| {
        working_days(from, days)
            .flat_map(|on| {
                [((8, 0), (10, 0)), ((10, 30), (12, 0)), ((13, 30), (15, 0)), ((15, 30), (16, 30))].map(|(from, to)| span(on, from, to))
            })
            .flatten()
            .map(move |span| Busy { who, span })
    };
    let own = working_days(from, days).step_by(3).filter_map(|on| span(on, (9, 0), (11, 0)));
    let sessions = (0..).zip(own).map(|(number, span)| SessionFacts {
        id: session_id(number),
        activity: ActivityCode::OnTheJobTraining,
        coach: coach_id(number % 3),
        span,
        state: SessionState::Entered,
    });
    let around = Surroundings {
        sessions: sessions.collect(),
        elsewhere: (0..3).flat_map(|number| busy(BusyWho::Coach(coach_id(number)))).collect(),
        ..around
    };
    (proposal(span(monday() + Days::new(1), (14, 0), (16, 0))), around)
}

/// The same with no free time left: every coach has another session each hour of each day, so that every time of five weeks is looked at in vain.
pub fn nothing_free() -> (Proposal, Surroundings) {
    let (proposal, around) = normal_week();
    let days = 7 + 2 * SEARCH_DAYS + 7;
    let rulebook = around.rulebook.adjusted(|version| version.coach_day = crate::domain::rulebook::Strictness::Off);
    let busy = |who| {
        working_days(around.horizon.from, days)
            .flat_map(|on| (7..23).filter_map(move |hour| span(on, (hour, 15), (hour, 45))))
            .map(move |span| Busy { who, span })
    };
    let elsewhere = (0..3).flat_map(|number| busy(BusyWho::Coach(coach_id(number)))).collect();
    (proposal, Surroundings { rulebook, elsewhere, ..around })
}

/// Forty-four hours, two mornings a week, in the surroundings of [`normal_week`] as far as the voucher goes.
pub fn forty_four_hours() -> (SeriesForm, Surroundings) {
    let (_, around) = normal_week();
    let around =
        Surroundings { sessions: Vec::new(), horizon: Horizon::days(Some(coach_id(0)), monday(), around.dossier.valid_to), ..around };
    let session =
        span(monday(), (17, 0), (19, 0)).map(|span| SessionForm::of(coach_id(0), span, "presso il datore di lavoro")).unwrap_or_default();
    (SeriesForm { session, weekdays: [DayOfWeek::Tue, DayOfWeek::Thu].into_iter().collect() }, around)
}
