//! What the picture of the week shows beside the form.

use chrono::NaiveDate;

use super::judged::typed_span;
use crate::{
    domain::{
        ids::SessionId,
        rulebook::holiday::national_holiday,
        session::{SessionForm, Surroundings},
        time::Week,
    },
    ui::components::{Block, Taken},
};

/// The name of the public holiday on a day: by the rulebook once it is here, by the law until then.
pub fn festive(on: NaiveDate, facts: Option<&Surroundings>) -> Option<String> {
    match facts {
        Some(facts) => facts.book(Some(on)).holiday(on).map(|(name, _)| name.to_owned()),
        None => national_holiday(on).map(|law| law.holiday.name().to_owned()),
    }
}

/// The blocks of a week: the person's, the chosen coach's, and on top what is typed.
pub fn blocks(form: &SessionForm, own: Option<SessionId>, week: Week, clash: bool, facts: Option<&Surroundings>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(facts) = facts {
        let taken = |who| move |(span, _)| Block { who, span };
        blocks.extend(facts.person_spans(own).map(taken(Taken::Person)));
        if let Some(coach) = form.read().coach {
            blocks.extend(facts.coach_spans(coach, own).map(taken(Taken::Coach)));
        }
    }
    blocks.extend(typed_span(form).map(|span| Block { who: Taken::New { clash }, span }));
    blocks.retain(|block| week.holds(block.span.on()));
    blocks
}
