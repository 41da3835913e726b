//! From the text of a file to its cases.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use uuid::Uuid;

use super::{
    Case, CaseFile, CaseFileError, Outcome,
    object::{Object, Read, blank_or, date, list, minutes, moment, text, time, word, words},
};
use crate::domain::{
    activity::ActivityFrame,
    dossier::{DossierFrame, VoucherKind, Workplace},
    ids::{CoachId, SessionId, SiteId},
    person::{PersonLimits, TaxCode},
    provider::Coach,
    rulebook::{Rule, Rulebook},
    session::{Action, Busy, BusyWho, Horizon, Proposal, SessionFacts, SessionState, Surroundings},
    time::{LocalInstant, Span},
    weekdays::DayOfWeek,
};

/// The word at the head of a file.
const FORMAT: &str = "affianco/schedule-cases@1";

/// Reads a whole file.
pub(super) fn file(text: &str) -> Result<CaseFile, CaseFileError> {
    // Some editors put a byte order mark in front.
    let text = text.trim_start_matches('\u{feff}');
    // What the parser says is about brackets and commas, never about the values.
    let file: Value = serde_json::from_str(text).map_err(|error| CaseFileError::NotJson(error.to_string()))?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(CaseFileError::WrongFormat);
    }
    let (rulebook, mut unknown_keys) = (Rulebook::builtin(), Vec::new());
    let mut head = Object::of(String::new(), &file)?;
    head.get("format", |_| Ok(()))?;
    let cases = head.get("cases", list)?;
    head.finish(&mut unknown_keys);
    let case_at = |(value, position)| case(Object::of(format!("case {position}"), value)?, &rulebook, &mut unknown_keys);
    let cases = cases.iter().zip(1..).map(case_at).collect::<Result<_, _>>()?;
    Ok(CaseFile { cases, unknown_keys })
}

/// The ids that stand for the texts of a case: the same one for the same text.
#[derive(Default)]
struct Ids<'a>(BTreeMap<&'a str, Uuid>);

impl<'a> Ids<'a> {
    fn of(&mut self, text: &'a str) -> Uuid {
        let next = Uuid::from_u128(self.0.len() as u128 + 1);
        *self.0.entry(text).or_insert(next)
    }
}

/// What the texts of one case stand for, while it is read.
#[derive(Default)]
struct Named<'a> {
    sessions: Ids<'a>,
    coaches: Ids<'a>,
}

fn case(mut fields: Object<'_>, rulebook: &Rulebook, unknown: &mut Vec<String>) -> Result<Case, CaseFileError> {
    let name = fields.get("name", name)?;
    let action = fields.get("action", word)?;
    let now = LocalInstant(fields.get("now", moment)?);
    let mut named = Named::default();

    let mut wanted = fields.object("proposal")?;
    let state = wanted.maybe("state", word)?.unwrap_or(SessionState::Entered);
    let person = wanted.maybe("person", text)?;
    let description =
        [wanted.maybe("description", text)?, fields.maybe("description", text)?].into_iter().flatten().next().unwrap_or_default();
    let reasons = [wanted.maybe("reason", text)?, fields.maybe("reason", text)?];
    // What is new has no id yet: none of the others is itself.
    let id = wanted.maybe("id", text)?.map(|id| SessionId(named.sessions.of(id))).filter(|_| action != Action::Enter);
    let proposal = proposal(&mut wanted, id, &mut named)?;
    wanted.finish(unknown);

    let (mut sessions, mut elsewhere) = (Vec::new(), Vec::new());
    for mut other in fields.objects("sessions", "session")? {
        let whose = other.maybe("person", text)?;
        let facts = session(&mut other, &mut named)?;
        if whose.is_none() || whose == person {
            sessions.push(facts);
        } else if facts.state.is_live() {
            elsewhere.push(Busy { who: BusyWho::Coach(facts.coach), span: facts.span });
        }
        other.finish(unknown);
    }

    let site = SiteId(Uuid::nil());
    let coach = |id| Coach { id: CoachId(id), name: String::new(), site, active_from: NaiveDate::MIN, active_to: None };
    let mut about = fields.object("dossier")?;
    let (dossier, kind) = dossier(&mut about)?;
    let around = Surroundings {
        rulebook: rulebook.clone(),
        now,
        manages: true,
        supervises: false,
        dossier,
        activities: activities(rulebook, dossier, kind),
        sessions,
        limits: fields.maybe_object("person_limits")?.map(|limits| person_limits(limits, unknown)).transpose()?,
        site,
        site_town: about.maybe("site_town", text)?.unwrap_or_default().to_owned(),
        workplaces: vec![Workplace {
            since: dossier.admitted_on,
            town: about.maybe("employer_town", text)?.unwrap_or_default().to_owned(),
        }],
        horizon: Horizon::week(proposal.coach, proposal.on.unwrap_or(now.today())),
        elsewhere,
        coaches: named.coaches.0.into_values().map(coach).collect(),
    };
    about.finish(unknown);
    let expected = fields.maybe_object("expect")?.map(|rules| outcome(rules, unknown)).transpose()?;
    fields.finish(unknown);
    let has_reason = reasons.into_iter().flatten().any(|reason| !reason.trim().is_empty());
    Ok(Case { name, action, state, proposal, description: description.to_owned(), has_reason, around, expected })
}

/// Names are printed: one that could be a tax code is refused.
fn name(value: &Value) -> Read<String> {
    let name = text(value)?;
    let tax_code = name.split(|letter: char| !letter.is_alphanumeric()).any(|word| TaxCode::parse(word).is_ok());
    if tax_code { Err("holds a tax code") } else { Ok(name.to_owned()) }
}

/// What may be missing in a form may be missing here: the rules say so (R15). An end before the start is theirs as well (R27).
fn proposal<'a>(fields: &mut Object<'a>, id: Option<SessionId>, named: &mut Named<'a>) -> Result<Proposal, CaseFileError> {
    Ok(Proposal {
        id,
        activity: fields.get("activity", word)?,
        coach: fields.maybe("coach", blank_or(text))?.flatten().map(|coach| CoachId(named.coaches.of(coach))),
        on: fields.maybe("on", blank_or(date))?.flatten(),
        from: fields.maybe("from", blank_or(time))?.flatten(),
        to: fields.maybe("to", blank_or(time))?.flatten(),
        note: fields.maybe("note", text)?.unwrap_or_default().trim().to_owned(),
    })
}

/// A session that exists has everything.
fn session<'a>(fields: &mut Object<'a>, named: &mut Named<'a>) -> Result<SessionFacts, CaseFileError> {
    let span = Span::new(fields.get("on", date)?, fields.get("from", time)?, fields.get("to", time)?);
    let facts = SessionFacts {
        id: SessionId(named.sessions.of(fields.get("id", text)?)),
        activity: fields.get("activity", word)?,
        coach: CoachId(named.coaches.of(fields.get("coach", text)?)),
        span: span.ok_or_else(|| fields.wrong("to", "not after the start"))?,
        state: fields.get("state", word)?,
    };
    fields.maybe("note", text)?;
    Ok(facts)
}

fn dossier(fields: &mut Object<'_>) -> Result<(DossierFrame, VoucherKind), CaseFileError> {
    let kind = fields.get("voucher_kind", word)?;
    let frame = DossierFrame {
        admitted_on: fields.get("admitted_on", date)?,
        valid_from: fields.get("valid_from", date)?,
        valid_to: fields.get("valid_to", date)?,
        interrupted_on: None,
    };
    if frame.valid_to < frame.valid_from {
        return Err(fields.wrong("valid_to", "the voucher ends before it starts"));
    }
    Ok((frame, kind))
}

/// The five activities as the admission froze them (R9).
fn activities(rulebook: &Rulebook, dossier: DossierFrame, kind: VoucherKind) -> Vec<ActivityFrame> {
    let lines = &rulebook.on(dossier.admitted_on).catalogue.activities;
    lines
        .iter()
        .map(|line| ActivityFrame { code: line.code, agreed: line.minutes.of(kind), at_employer: line.at_employer, closed: false })
        .collect()
}

fn person_limits(mut fields: Object<'_>, unknown: &mut Vec<String>) -> Result<PersonLimits, CaseFileError> {
    let limits = PersonLimits {
        max_minutes_per_day: fields.maybe("max_minutes_per_day", minutes)?,
        max_minutes_per_week: fields.maybe("max_minutes_per_week", minutes)?,
        earliest: fields.maybe("earliest", time)?,
        latest: fields.maybe("latest", time)?,
        weekdays: fields.maybe("weekdays", words::<DayOfWeek, _>)?,
    };
    fields.finish(unknown);
    Ok(limits)
}

fn outcome(mut fields: Object<'_>, unknown: &mut Vec<String>) -> Result<Outcome, CaseFileError> {
    let outcome = Outcome::new(fields.get("blocks", words::<Rule, _>)?, fields.get("warns", words::<Rule, _>)?);
    fields.finish(unknown);
    Ok(outcome)
}
