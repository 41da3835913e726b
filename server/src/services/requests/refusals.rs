//! Rifiuti per ente (R8): what providers refused, by category, for those who look over them.

use app::{
    domain::{
        provider::Actor,
        request::{ProviderRefusals, RefusalCategory, RefusalsForm, RefusalsReport},
        text::fold,
    },
    ports::PortError,
};
use async_trait::async_trait;

use crate::services::transact::{Attempt, UseCase, Work};

pub(super) struct Report {
    pub actor: Actor,
    pub form: RefusalsForm,
}

#[async_trait]
impl UseCase for Report {
    type Answer = RefusalsReport;

    async fn run(&self, work: &mut Work) -> Attempt<RefusalsReport> {
        let oversight = self.actor.oversight().ok_or(PortError::NotFound)?;
        let period = self.form.check(work.now.today()).map_err(PortError::Invalid)?;
        let mut rows = Vec::<ProviderRefusals>::new();
        for decided in work.uow.decided(oversight.only(), period).await? {
            let at = rows.iter().position(|row| row.code == decided.code).unwrap_or_else(|| {
                rows.push(ProviderRefusals {
                    code: decided.code,
                    name: decided.name,
                    admitted: 0,
                    refused: [0; RefusalCategory::ALL.len()],
                });
                rows.len() - 1
            });
            let category = |refused| RefusalCategory::ALL.iter().position(|category| Some(*category) == refused);
            match category(decided.refused) {
                Some(category) => rows[at].refused[category] += decided.count,
                None => rows[at].admitted += decided.count,
            }
        }
        rows.sort_by_cached_key(|row| (fold(&row.name), row.code.clone()));
        Ok(RefusalsReport { period, rows, now: work.now })
    }
}
