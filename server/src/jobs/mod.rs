//! What happens without anybody asking: requests lapse, and what is no longer needed goes. Safe with several processes on one database.

use std::{fmt::Display, time::Duration};

use chrono::TimeDelta;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::{ids::new_id, services::lapse, shutdown::Shutdown, startup::Program, store::StoreError};

/// The lapse is exact without the job, which only writes it down (R7).
const LAPSE_EVERY: Duration = Duration::from_secs(30);
const PURGE_EVERY: Duration = Duration::from_hours(1);
/// A little shorter, so that each hour finds it free.
const PURGE_LEASE: TimeDelta = TimeDelta::minutes(59);
/// Commands already answered and remembered searches are kept so long.
const KEPT: TimeDelta = TimeDelta::days(60);

/// The jobs under way.
pub struct Jobs(JoinSet<()>);

impl Jobs {
    /// Starts them; each runs at once, so that what a stop delayed is caught up.
    pub fn start(program: &Program, shutdown: &Shutdown) -> Self {
        let mut jobs = JoinSet::new();
        jobs.spawn(every(LAPSE_EVERY, "lapse", shutdown.clone(), program.clone(), async |program| {
            lapse::run_once(&program.services).await.map(drop)
        }));
        jobs.spawn(every(PURGE_EVERY, "purge", shutdown.clone(), program.clone(), purge));
        Self(jobs)
    }

    /// Waits until each has finished what it was doing, after the order to stop.
    pub async fn finished(self) {
        self.0.join_all().await;
    }
}

/// Does the work at once and then regularly; what fails is tried again the next time. The order to stop never interrupts the work.
async fn every<With, Work, Failure>(period: Duration, job: &'static str, shutdown: Shutdown, with: With, work: impl Fn(With) -> Work)
where
    With: Clone,
    Work: Future<Output = Result<(), Failure>>,
    Failure: Display,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stop = shutdown.requested();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => return,
            _ = ticks.tick() => {
                if let Err(error) = work(with.clone()).await {
                    tracing::error!(job, %error, "a job failed and will be tried again");
                }
            }
        }
    }
}

/// Drops ended sign-ins, old searches and old answers: one process at a time, by real time.
async fn purge(program: Program) -> Result<(), StoreError> {
    let (now, limits) = (program.clock.now_utc(), program.sign_ins);
    let mut work = program.store.write().await?;
    if work.take_lease("purge", new_id(), now, now + PURGE_LEASE).await? {
        work.purge(now - limits.idle, now - limits.absolute, now - KEPT).await?;
        work.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_job_runs_at_once_and_again_also_after_a_failure_until_the_order_to_stop() {
        let (ask, shutdown) = Shutdown::manual();
        let (done, mut runs) = mpsc::unbounded_channel();
        let job = tokio::spawn(every(Duration::from_millis(1), "test", shutdown, done, async |done| {
            done.send(()).map_err(|_| "nobody listens").and(Err("failed"))
        }));
        for _ in 0..3 {
            runs.recv().await.expect("another run");
        }
        ask.send_replace(true);
        job.await.expect("stopped");
    }
}
