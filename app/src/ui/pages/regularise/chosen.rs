//! What is on the page and what is chosen of it; both outlive a reload of the rows, and so does every description that was typed.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::domain::{
    ids::SessionId,
    session::{BulkAct, SessionRow},
};

/// The acts that this actor finds offered on a session.
pub fn acts(row: &SessionRow) -> impl Iterator<Item = BulkAct> {
    BulkAct::ALL.into_iter().filter(|act| row.actions.contains(&act.action()))
}

/// The rows, and which are chosen.
#[derive(Clone, Copy)]
pub struct Choice {
    pub rows: RwSignal<Vec<SessionRow>>,
    ids: RwSignal<BTreeSet<SessionId>>,
    texts: StoredValue<BTreeMap<SessionId, ArcRwSignal<String>>>,
}

impl Choice {
    /// None of these.
    pub fn of(rows: Vec<SessionRow>) -> Self {
        Self { rows: RwSignal::new(rows), ids: RwSignal::default(), texts: StoredValue::default() }
    }

    /// Whether it is chosen.
    pub fn has(self, id: SessionId) -> bool {
        self.ids.with(|ids| ids.contains(&id))
    }

    /// Chooses it, or not any more.
    pub fn set(self, id: SessionId, on: bool) {
        self.ids.update(|ids| {
            if on {
                ids.insert(id);
            } else {
                ids.remove(&id);
            }
        });
    }

    /// Those on the page that an act is offered on.
    pub fn offering(self, act: BulkAct) -> Vec<SessionId> {
        self.rows.with(|rows| rows.iter().filter(|row| acts(row).any(|offered| offered == act)).map(|row| row.id).collect())
    }

    /// Chooses all of a kind, or none of it.
    pub fn set_kind(self, act: BulkAct, on: bool) {
        let kind = untrack(|| self.offering(act));
        self.ids.update(|ids| {
            if on {
                ids.extend(kind);
            } else {
                ids.retain(|id| !kind.contains(id));
            }
        });
    }

    /// The chosen ones, in the order of the page.
    pub fn chosen(self) -> Vec<SessionRow> {
        self.rows.with(|rows| self.ids.with(|ids| rows.iter().filter(|row| ids.contains(&row.id)).cloned().collect()))
    }

    /// The description of a session, as typed so far: it belongs to the page, not to the dialog that is open now.
    pub fn text(self, id: SessionId) -> RwSignal<String> {
        self.texts.try_update_value(|texts| texts.entry(id).or_default().clone()).unwrap_or_default().into()
    }
}
