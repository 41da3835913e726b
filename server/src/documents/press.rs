//! Makes PDFs beside the requests: a layout takes a processor for tens of milliseconds, and two at a time are enough.

use std::sync::Arc;

use app::domain::document::paper::Paper;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{Attachment, DocumentError, render};

/// How many papers are laid out at a time: each takes a whole processor and some 30 MB.
const AT_ONCE: usize = 2;

/// Where requests have their papers made. Clones share one queue.
#[derive(Clone)]
pub struct Press {
    free: Arc<Semaphore>,
}

impl Default for Press {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Press {
    /// As [`render`], in turn with the others and without keeping the runtime's threads busy. Whoever stops waiting leaves the queue;
    /// a layout that has begun runs to its end and keeps its place until then.
    ///
    /// # Errors
    /// Those of [`render`], and [`DocumentError::Stopped`] when the program ends or the layout panics.
    pub async fn render(&self, paper: Paper, attachments: Vec<Attachment>) -> Result<Vec<u8>, DocumentError> {
        let place = Arc::clone(&self.free).acquire_owned().await.map_err(|_| DocumentError::Stopped)?;
        let work = spawn_blocking(move || {
            let printed = render(&paper, &attachments);
            drop(place);
            printed
        });
        work.await.map_err(|_| DocumentError::Stopped)?
    }
}
