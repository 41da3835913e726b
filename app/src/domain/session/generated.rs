//! Questions to the rules, made from a seed: the same on every machine, for comparing builds, for properties and for measurements.
//!
//! A question is everything that one check looks at. Draws favour what is close to a limit: days near holidays, week ends and year ends, times at the edges
//! of the day, sums near the caps. Behind the feature `generate`, which no product has.

mod dice;
pub mod scenes;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use super::{
    Action, Busy, BusyWho, DESCRIPTION_LIMIT, Horizon, NOTE_LIMIT, Proposal, SessionFacts, SessionState, Surroundings, Words, check,
};
use crate::domain::{
    activity::ActivityFrame,
    dossier::{DossierFrame, VoucherKind, Workplace},
    person::PersonLimits,
    provider::Coach,
    rulebook::{ActivityCode, AddedHoliday, LateEntry, Rulebook, RulebookVersion, Strictness, Verdict, holiday::Holiday},
    time::{LocalInstant, Span},
    weekdays::DayOfWeek,
};
use dice::{Dice, coach_id, session_id, site_id};

/// One question to the rules.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked for.
    pub action: Action,
    /// Where the session stands.
    pub state: SessionState,
    /// What it is to be.
    pub proposal: Proposal,
    /// The description for the register.
    pub description: String,
    /// Whether a reason is given.
    pub has_reason: bool,
    /// The facts.
    pub around: Surroundings,
}

impl Question {
    /// The question of that seed.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let today = dice.notable_day();
        let on = if dice.one_in(4) { dice.day(today, -9..=0) } else { dice.day(today, -2..=20) };
        let around = surroundings(&mut dice, today, on);
        let action = action(&mut dice);
        let proposal = proposal(&mut dice, action, on, &around);
        Self {
            action,
            state: state(&mut dice, action),
            proposal,
            description: text(&mut dice, DESCRIPTION_LIMIT),
            has_reason: !dice.one_in(3),
            around,
        }
    }

    /// What comes with the action.
    pub fn words(&self) -> Words<'_> {
        Words { description: &self.description, has_reason: self.has_reason }
    }

    /// What the rules say.
    pub fn judge(&self) -> Verdict {
        check(self.action, self.state, &self.proposal, self.words(), &self.around)
    }

    /// The same question with all of it moved by whole weeks; holidays stay where they are.
    #[must_use]
    pub fn moved(&self, weeks: i32) -> Self {
        let by = TimeDelta::weeks(weeks.into());
        let mut moved = self.clone();
        let around = &mut moved.around;
        let dossier = &mut around.dossier;
        around.rulebook = around.rulebook.adjusted(|version| version.valid_from += by);
        around.now.0 += by;
        for on in
            [&mut dossier.admitted_on, &mut dossier.valid_from, &mut dossier.valid_to, &mut around.horizon.from, &mut around.horizon.to]
        {
            *on += by;
        }
        let spans =
            around.sessions.iter_mut().map(|session| &mut session.span).chain(around.elsewhere.iter_mut().map(|busy| &mut busy.span));
        for span in spans {
            *span = Span::new(span.on() + by, span.from(), span.to()).unwrap_or(*span);
        }
        for coach in &mut around.coaches {
            coach.active_from += by;
            coach.active_to = coach.active_to.map(|last| last + by);
        }
        moved.proposal.on = moved.proposal.on.map(|on| on + by);
        moved
    }
}

fn surroundings(dice: &mut Dice, today: NaiveDate, on: NaiveDate) -> Surroundings {
    let rulebook = rulebook(dice, today);
    let activities = activities(dice, rulebook.on(today));
    let coaches = (0..dice.within(1..=4)).map(|number| coach(dice, number, today)).collect();
    let horizon = match dice.within(0..=3) {
        0 => Horizon::week(Some(coach_id(0)), on),
        1 => Horizon::days(Some(coach_id(0)), on, dice.day(on, 0..=200)),
        _ => Horizon::search(Some(coach_id(0)), on),
    };
    Surroundings {
        now: LocalInstant(dice.moment(today)),
        manages: !dice.one_in(16),
        supervises: dice.one_in(2),
        dossier: dossier(dice, today),
        sessions: sessions(dice, on),
        elsewhere: elsewhere(dice, on),
        limits: dice.maybe(2, limits),
        site: site_id(0),
        site_town: town(dice).to_owned(),
        workplaces: workplaces(dice, today),
        rulebook,
        activities,
        horizon,
        coaches,
    }
}

/// Half of the time the built-in rulebook, else one with other limits and policies, from a day near `today` or from ever.
fn rulebook(dice: &mut Dice, today: NaiveDate) -> Rulebook {
    let book = Rulebook::builtin();
    if dice.one_in(2) {
        return book;
    }
    let other = version(dice, today, book.on(today).clone());
    if dice.one_in(2) {
        return book.with(RulebookVersion { valid_from: dice.day(today, -10..=10), ..other });
    }
    book.adjusted(|version| *version = RulebookVersion { valid_from: version.valid_from, ..other.clone() })
}

fn version(dice: &mut Dice, today: NaiveDate, known: RulebookVersion) -> RulebookVersion {
    let added = dice.maybe(3, |dice| dice.day(today, -5..=15));
    let degree = |dice: &mut Dice| dice.pick(Strictness::ALL);
    RulebookVersion {
        day_cap: dice.pick([480, 480, 360, 300]),
        week_cap: dice.pick([2400, 2400, 1800, 600]),
        earliest: dice.pick([known.earliest, hour(8), hour(6)]),
        latest: dice.pick([known.latest, hour(20), hour(18)]),
        step: dice.pick([15, 15, 5, 30, 60]),
        regularisation_days: dice.pick([7, 7, 0, 3, 10]),
        tail_days: dice.pick([60, 60, 0, 30]),
        late_entry: dice.pick([LateEntry::Tolerated, LateEntry::Refused, LateEntry::Refused]),
        patron_saint: degree(dice),
        coach_day_cap: dice.pick([480, 480, 240]),
        coach_day: degree(dice),
        coach_overlap: degree(dice),
        added_holidays: added
            .map(|on| AddedHoliday {
                month: on.month(),
                day: on.day(),
                name: "Festa della Regione".to_owned(),
                law: "L.R. 1/2030".to_owned(),
            })
            .into_iter()
            .collect(),
        ..known
    }
}

/// The five of the catalogue, one of them missing now and then; some *Terminate*, some with few hours agreed.
fn activities(dice: &mut Dice, book: &RulebookVersion) -> Vec<ActivityFrame> {
    let kind = dice.pick(VoucherKind::ALL);
    let missing = dice.maybe(32, |dice| dice.pick(ActivityCode::ALL));
    let lines = book.catalogue.activities.iter().filter(|line| Some(line.code) != missing);
    lines
        .map(|line| ActivityFrame {
            code: line.code,
            agreed: dice.maybe(4, |dice| 15 * dice.within(0..=40)).unwrap_or_else(|| line.minutes.of(kind)),
            at_employer: if dice.one_in(8) { !line.at_employer } else { line.at_employer },
            closed: dice.one_in(12),
        })
        .collect()
}

/// Coach 0 and 1 are of the site that admitted; any may have begun or left around today.
fn coach(dice: &mut Dice, number: u32, today: NaiveDate) -> Coach {
    Coach {
        id: coach_id(number),
        name: format!("Operatore {number}"),
        site: site_id(if number < 2 { 0 } else { dice.within(0..=1) }),
        active_from: if dice.one_in(12) { dice.day(today, -5..=15) } else { dice.day(today, -900..=-100) },
        active_to: dice.maybe(6, |dice| dice.day(today, -5..=40)),
    }
}

/// Mostly a running voucher; else one that begins or ends around today, or ended up to the end of its tail.
fn workplaces(dice: &mut Dice, today: NaiveDate) -> Vec<Workplace> {
    let mut since = |days| Workplace { since: dice.day(today, days), town: town(dice).to_owned() };
    let (first, second) = (since(-400..=-300), since(-5..=5));
    if dice.one_in(4) { vec![first, second] } else { vec![first] }
}

fn dossier(dice: &mut Dice, today: NaiveDate) -> DossierFrame {
    let (valid_from, valid_to) = match dice.within(0..=9) {
        0 => (dice.day(today, -5..=15), dice.day(today, 16..=300)),
        1 | 2 => (dice.day(today, -300..=-30), dice.day(today, -3..=20)),
        3 => (dice.day(today, -300..=-100), dice.day(today, -70..=0)),
        _ => (dice.day(today, -200..=-20), dice.day(today, 20..=300)),
    };
    let admitted_on = if dice.one_in(8) { dice.day(today, -9..=5) } else { dice.day(valid_from, 0..=10) };
    let interrupted_on = dice.one_in(40).then(|| dice.day(today, -30..=0));
    DossierFrame { admitted_on, valid_from, valid_to, interrupted_on }
}

/// Few or many, most of them in the week of `on`.
fn sessions(dice: &mut Dice, on: NaiveDate) -> Vec<SessionFacts> {
    let most = dice.pick([0, 3, 8, 14, 30]);
    let how_many = dice.within(0..=most);
    (0..how_many)
        .map(|number| {
            let near = dice.near(on);
            SessionFacts {
                id: session_id(number),
                activity: activity_code(dice),
                coach: coach_id(dice.within(0..=3)),
                span: dice.span(near),
                state: dice.pick(SessionState::ALL),
            }
        })
        .collect()
}

fn elsewhere(dice: &mut Dice, on: NaiveDate) -> Vec<Busy> {
    let most = dice.pick([0, 4, 16]);
    let how_many = dice.within(0..=most);
    (0..how_many)
        .map(|_| {
            let near = dice.near(on);
            let who = dice.maybe(3, |_| BusyWho::Person).unwrap_or_else(|| BusyWho::Coach(coach_id(dice.within(0..=3))));
            Busy { who, span: dice.span(near) }
        })
        .collect()
}

fn limits(dice: &mut Dice) -> PersonLimits {
    PersonLimits {
        max_minutes_per_day: dice.maybe(2, |dice| 30 * dice.within(2..=14)),
        max_minutes_per_week: dice.maybe(2, |dice| 60 * dice.within(4..=36)),
        earliest: dice.maybe(2, |dice| dice.time(8..=11)),
        latest: dice.maybe(2, |dice| dice.time(12..=19)),
        weekdays: dice.maybe(2, |dice| DayOfWeek::ALL.into_iter().filter(|_| !dice.one_in(3)).collect()),
    }
}

/// However it may be written, also one without a patron that we know, and none.
fn town(dice: &mut Dice) -> &'static str {
    dice.pick(["Padova", "TREVISO", "venezia", "Verona", "Vicenza", "Belluno", "Rovigo", " pàdova ", "San Michele al Tagliamento", ""])
}

fn activity_code(dice: &mut Dice) -> ActivityCode {
    if dice.one_in(2) { ActivityCode::OnTheJobTraining } else { dice.pick(ActivityCode::ALL) }
}

/// Planning twice as often as the rest: most rules speak there.
fn action(dice: &mut Dice) -> Action {
    if dice.one_in(3) { dice.pick(Action::ALL) } else { dice.pick([Action::Enter, Action::Modify, Action::Schedule]) }
}

/// Mostly one that the action applies to.
fn state(dice: &mut Dice, action: Action) -> SessionState {
    let fits: Vec<_> = SessionState::ALL.into_iter().filter(|state| state.after(action).is_ok()).collect();
    match fits.as_slice() {
        [] => dice.pick(SessionState::ALL),
        _ if dice.one_in(10) => dice.pick(SessionState::ALL),
        [one] => *one,
        [one, other, ..] => dice.pick([*one, *other]),
    }
}

fn proposal(dice: &mut Dice, action: Action, on: NaiveDate, around: &Surroundings) -> Proposal {
    let own = around.sessions.first().filter(|_| action != Action::Enter || dice.one_in(8));
    let span = match own {
        Some(own) if !action.plans() || dice.one_in(4) => own.span,
        _ => dice.span(on),
    };
    let (from, to) = match dice.within(0..=31) {
        0 => (span.to(), span.from()),
        1 => (span.from(), span.from()),
        2..=5 => {
            let book = around.book(Some(span.on()));
            let minutes = TimeDelta::minutes(dice.minutes().into());
            if dice.one_in(2) { (book.earliest, book.earliest + minutes) } else { (book.latest - minutes, book.latest) }
        }
        _ => (span.from(), span.to()),
    };
    let rarely_missing = |dice: &mut Dice| !dice.one_in(24);
    Proposal {
        id: own.map(|own| own.id),
        activity: own.filter(|_| !dice.one_in(8)).map_or_else(|| activity_code(dice), |own| own.activity),
        coach: rarely_missing(dice).then(|| coach_id(if dice.one_in(2) { 0 } else { dice.within(0..=4) })),
        on: rarely_missing(dice).then_some(span.on()),
        from: rarely_missing(dice).then_some(from),
        to: rarely_missing(dice).then_some(to),
        note: text(dice, NOTE_LIMIT),
    }
}

/// A text as people write it: empty, blank, short, exactly as long as allowed, or longer.
fn text(dice: &mut Dice, limit: usize) -> String {
    match dice.within(0..=31) {
        0 => "è".repeat(limit),
        1 => "è".repeat(limit + 1),
        2 => " \t ".to_owned(),
        3..=6 => String::new(),
        _ => "presso il datore di lavoro, reparto B".to_owned(),
    }
}

fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}

/// Whether a day is one of an ordinary week: no holiday but the Sunday, no patron saint of any town.
pub fn is_plain(around: &Surroundings, on: NaiveDate) -> bool {
    let book = around.book(Some(on));
    let is_patron = book.patron_saints.iter().any(|patron| (patron.month, patron.day) == (on.month(), on.day()));
    !is_patron && book.holiday(on).is_none_or(|(name, _)| name == Holiday::Sunday.name())
}
