//! Settles the people of the demonstration in the database: coaches at their sites, and the accounts to sign in with.

use std::collections::BTreeMap;

use app::domain::{
    ids::{AccountId, CoachId, ProviderId, SiteId},
    provider::{Actor, Coach, Role},
};
use chrono::{Days, NaiveDate};

use super::{
    DemoError,
    people::{ACCOUNTS, ADMINISTRATOR, COACH, COACHES, DemoAccount, OPERATOR, PASSWORD},
};
use crate::{
    ids::new_id,
    startup::Program,
    store::{UnitOfWork, records::NewAccount},
};

/// Who plays.
pub struct Cast {
    /// The coaches of each site, by its code.
    pub coaches: BTreeMap<&'static str, Vec<CoachId>>,
    /// The actors by login.
    actors: BTreeMap<&'static str, Actor>,
}

impl Cast {
    /// Adds everybody to a database that knows the providers already.
    pub async fn settle(program: &Program, today: NaiveDate) -> Result<Self, DemoError> {
        let mut hashes = Vec::new();
        for _ in ACCOUNTS {
            hashes.push(program.passwords.hash(PASSWORD.to_owned()).await?);
        }
        let mut work = program.store.write().await?;
        let mut cast = Self { coaches: BTreeMap::new(), actors: BTreeMap::new() };
        for (site, names) in COACHES {
            cast.add_coaches(work.as_mut(), site, names, today).await?;
        }
        for (account, hash) in ACCOUNTS.into_iter().zip(hashes) {
            let (actor, new) = cast.account(work.as_mut(), account, hash, program).await?;
            work.insert_account(&new).await?;
            cast.actors.insert(account.login, actor);
        }
        work.commit().await?;
        Ok(cast)
    }

    /// Who decides and plans at that site.
    pub fn office(&self, site: &str) -> Option<&Actor> {
        self.actors.get(if OPERATOR.site == Some(site) { OPERATOR.login } else { ADMINISTRATOR.login })
    }

    /// Who delivers that coach's sessions at that site: the coach, when it signs in, else the office.
    pub fn deliverer(&self, site: &str, coach: CoachId) -> Option<&Actor> {
        self.actors.get(COACH.login).filter(|actor| actor.coach == Some(coach)).or_else(|| self.office(site))
    }

    async fn add_coaches(
        &mut self,
        work: &mut dyn UnitOfWork,
        code: &'static str,
        names: &[&str],
        today: NaiveDate,
    ) -> Result<(), DemoError> {
        let site = work.site_by_code(code).await?.ok_or(DemoError::Fixture)?;
        // Long enough before any session.
        let active_from = today.checked_sub_days(Days::new(400)).unwrap_or(today);
        for name in names {
            let coach = Coach { id: CoachId(new_id()), name: (*name).to_owned(), site: site.id, active_from, active_to: None };
            work.insert_coach(site.provider, &coach).await?;
            self.coaches.entry(code).or_default().push(coach.id);
        }
        Ok(())
    }

    async fn account(
        &self,
        work: &mut dyn UnitOfWork,
        account: &DemoAccount,
        password_hash: String,
        program: &Program,
    ) -> Result<(Actor, NewAccount), DemoError> {
        let (provider, sites) = match account.site {
            Some(code) => workplace(work, code, account.role).await?,
            None => (None, Vec::new()),
        };
        let coach = account.site.filter(|_| account.role == Role::Coach).and_then(|site| self.coaches.get(site)?.first().copied());
        let (site_ids, site_names): (Vec<SiteId>, Vec<String>) = sites.into_iter().unzip();
        let actor = Actor {
            account: AccountId(new_id()),
            name: account.name.to_owned(),
            role: account.role,
            provider: provider.as_ref().map(|(id, _)| *id),
            provider_name: provider.map(|(_, name)| name),
            sites: site_ids,
            site_names,
            coach,
        };
        let new = NewAccount {
            id: actor.account,
            login: account.login.to_owned(),
            password_hash,
            name: actor.name.clone(),
            role: actor.role,
            provider: actor.provider,
            // An administrator's sites are all of its provider's, without being listed.
            sites: if account.role == Role::ProviderAdministrator { Vec::new() } else { actor.sites.clone() },
            coach,
            email: Some(format!("{}@affianco.example", account.login)),
            demo: true,
            created_at: program.clock.now_utc(),
        };
        Ok((actor, new))
    }
}

/// A provider with its name, and sites with their towns.
type Workplace = (Option<(ProviderId, String)>, Vec<(SiteId, String)>);

/// The provider of a site, and the sites somebody of that role works at.
async fn workplace(work: &mut dyn UnitOfWork, code: &str, role: Role) -> Result<Workplace, DemoError> {
    let site = work.site_by_code(code).await?.ok_or(DemoError::Fixture)?;
    let provider = work.provider(site.provider).await?.ok_or(DemoError::Fixture)?;
    let sites = if role == Role::ProviderAdministrator { work.sites(provider.id).await? } else { vec![site] };
    Ok((Some((provider.id, provider.name)), sites.into_iter().map(|site| (site.id, site.town)).collect()))
}
