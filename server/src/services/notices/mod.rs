//! Avvisi: what each account is told and has read. Raising them is in `raise`.
//!
//! A notice keeps no name: what is shown is joined within the reader's reach of now, and what was settled meanwhile is gone.

mod raise;

use app::{
    domain::{
        agenda::{NoticeAbout, NoticeList, NoticeRow},
        ids::NoticeId,
        page::{PAGE_SIZE, Page},
        provider::Actor,
        session::last_day,
        time::LocalInstant,
    },
    ports::{Notices, PortResult},
};
use async_trait::async_trait;
use chrono::NaiveDateTime;

pub use raise::run_once;

use super::{
    Services,
    agenda::still_writable,
    cursor,
    transact::{Attempt, UseCase, Work},
};
use crate::store::{NoticeListRecord, NoticeReach, NoticeSubject, Waiting};

#[async_trait]
impl Notices for Services {
    async fn list(&self, actor: &Actor, after: Option<&str>) -> PortResult<NoticeList> {
        let after = cursor::read::<NaiveDateTime, _>(after).map(|(raised, id)| (LocalInstant(raised), id));
        Services::read(self, List { actor: actor.clone(), after }).await
    }

    async fn unread(&self, actor: &Actor) -> PortResult<u64> {
        Services::read(self, Unread { actor: actor.clone() }).await
    }

    async fn read(&self, actor: &Actor, id: NoticeId) -> PortResult<()> {
        self.write(Mark { actor: actor.clone(), which: Which::One(id) }).await
    }

    async fn read_all(&self, actor: &Actor, raised_until: LocalInstant) -> PortResult<()> {
        self.write(Mark { actor: actor.clone(), which: Which::Until(raised_until) }).await
    }
}

/// What still waits today.
fn waiting(work: &Work) -> Waiting {
    let today = work.now.today();
    Waiting { today, ending: still_writable(work.rulebook(), today) }
}

/// What an account may be told of today.
pub(super) fn reach(work: &Work, actor: &Actor) -> NoticeReach {
    NoticeReach { account: actor.account, scope: actor.scope(), oversight: actor.oversight(), waiting: waiting(work) }
}

struct List {
    actor: Actor,
    after: Option<(LocalInstant, NoticeId)>,
}

#[async_trait]
impl UseCase for List {
    type Answer = NoticeList;

    async fn run(&self, work: &mut Work) -> Attempt<NoticeList> {
        let reach = reach(work, &self.actor);
        let (found, total) = work.uow.notices(&reach, self.after, PAGE_SIZE + 1).await?;
        let page = cursor::page(found, PAGE_SIZE, total, |notice| cursor::write(format!("{:?}", notice.raised.0), notice.id));
        let unread = work.uow.unread(&reach).await?.iter().map(|(_, count)| count).sum();
        let rows = page.rows.into_iter().map(|notice| row(work, notice)).collect();
        Ok(NoticeList { page: Page { rows, next: page.next, total: page.total }, unread, now: work.now })
    }
}

fn row(work: &Work, notice: NoticeListRecord) -> NoticeRow {
    let about = match notice.about {
        NoticeSubject::Request { id, opal_code, person } => NoticeAbout::Request { id, opal_code, person, decide_by: notice.on },
        NoticeSubject::Session { id, dossier, person, activity, activity_name, span, state } => {
            let last_day = last_day(work.rulebook(), span.on());
            NoticeAbout::Session { id, dossier, activity, activity_name, person, span, state, last_day }
        }
        NoticeSubject::Voucher { id, opal_code, person } => NoticeAbout::Voucher { dossier: id, opal_code, person, valid_to: notice.on },
        NoticeSubject::Refusals { provider } => NoticeAbout::Refusals { provider, on: notice.on, count: notice.stage },
    };
    NoticeRow { id: notice.id, raised_on: notice.raised.today(), unread: notice.unread, about }
}

struct Unread {
    actor: Actor,
}

#[async_trait]
impl UseCase for Unread {
    type Answer = u64;

    async fn run(&self, work: &mut Work) -> Attempt<u64> {
        let reach = reach(work, &self.actor);
        Ok(work.uow.unread(&reach).await?.iter().map(|(_, count)| count).sum())
    }
}

/// Marks notices as read: one's own, so that nobody else's can be named.
struct Mark {
    actor: Actor,
    which: Which,
}

enum Which {
    One(NoticeId),
    Until(LocalInstant),
}

#[async_trait]
impl UseCase for Mark {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let account = self.actor.account;
        match self.which {
            Which::One(id) => work.uow.mark_read(account, id, work.at).await?,
            Which::Until(raised) => work.uow.mark_all_read(account, raised, work.at).await?,
        }
        Ok(())
    }
}
