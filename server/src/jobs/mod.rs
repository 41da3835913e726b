//! What happens without anybody asking: requests lapse, vouchers end, notices are raised, messages leave, and what is no longer needed
//! goes. Safe with several processes on one database.

pub mod outbox;

use std::{fmt::Display, time::Duration};

use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use self::outbox::Post;
use crate::{
    services::{Services, expiry, lapse, notices, purge},
    shutdown::Shutdown,
};

/// The lapse is exact without the job, which only writes it down (R7).
const LAPSE_EVERY: Duration = Duration::from_secs(30);
/// The closure is exact without the job, too (R38).
const EXPIRE_EVERY: Duration = Duration::from_mins(5);
/// Notices are due by the day.
const NOTICES_EVERY: Duration = Duration::from_mins(1);
const OUTBOX_EVERY: Duration = Duration::from_secs(30);
const PURGE_EVERY: Duration = Duration::from_hours(1);

/// The jobs under way.
pub struct Jobs(JoinSet<()>);

impl Jobs {
    /// Starts them; each runs at once, so that what a stop delayed is caught up.
    pub fn start(services: &Services, post: Option<Post>, shutdown: &Shutdown) -> Self {
        let mut jobs = JoinSet::new();
        jobs.spawn(every(LAPSE_EVERY, "lapse", shutdown.clone(), services.clone(), async |services| {
            lapse::run_once(&services).await.map(drop)
        }));
        jobs.spawn(every(EXPIRE_EVERY, "expiry", shutdown.clone(), services.clone(), async |services| {
            expiry::run_once(&services).await.map(drop)
        }));
        jobs.spawn(every(NOTICES_EVERY, "notices", shutdown.clone(), services.clone(), async |services| {
            notices::run_once(&services).await.map(drop)
        }));
        if let Some(post) = post {
            jobs.spawn(every(OUTBOX_EVERY, "outbox", shutdown.clone(), (services.clone(), post), async |(services, post)| {
                outbox::run_once(&services, &post).await
            }));
        }
        jobs.spawn(every(PURGE_EVERY, "purge", shutdown.clone(), services.clone(), async |services| purge::run_once(&services).await));
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
