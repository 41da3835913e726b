//! The order to stop: SIGTERM or SIGINT, heard by the HTTP server and by the jobs alike.

use std::io;

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// Tells whoever waits that the program was asked to stop.
#[derive(Clone, Debug)]
pub struct Shutdown {
    asked: watch::Receiver<bool>,
}

impl Shutdown {
    /// Starts listening at once, so that a signal during the start is not lost.
    ///
    /// # Errors
    /// When the operating system refuses the handlers.
    pub fn listen() -> io::Result<Self> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let (ask, shutdown) = Self::manual();
        tokio::spawn(async move {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            tracing::info!(signal = name, "stopping: requests in flight are finished first");
            ask.send_replace(true);
        });
        Ok(shutdown)
    }

    /// A shutdown asked for by sending `true`, or by dropping the sender.
    pub fn manual() -> (watch::Sender<bool>, Self) {
        let (ask, asked) = watch::channel(false);
        (ask, Self { asked })
    }

    /// Waits for the order; at once when it was already given.
    pub async fn requested(mut self) {
        // An error means that nobody can give the order any more, which is an order too.
        let _ = self.asked.wait_for(|asked| *asked).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_hears_the_order_also_who_asks_late() {
        let (ask, shutdown) = Shutdown::manual();
        let early = tokio::spawn(shutdown.clone().requested());
        ask.send_replace(true);
        early.await.expect("heard");
        shutdown.requested().await;
    }
}
