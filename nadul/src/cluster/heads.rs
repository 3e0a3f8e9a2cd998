//! What is durable in contexts without a seat in this process.
use super::polled::{Ask, OnChange, Pace, Polled};
use kernel::{Head, Name};
use remote::ProcessClient;
use runtime::port::directory::Directory;
use std::sync::Arc;
use std::time::Duration;

const OFTEN: Duration = Duration::from_millis(20);

/// Asked of their owners, or of whoever reads them. The last one counts until there is another.
pub fn watch(
    contexts: &[Name],
    client: &ProcessClient,
    directory: &Arc<dyn Directory>,
    every: Duration,
    on_change: &OnChange,
) -> Polled<Head> {
    let (client, directory) = (client.clone(), directory.clone());
    let ask: Ask<Head> = Box::new(move |context, before| {
        let (client, directory) = (client.clone(), directory.clone());
        Box::pin(async move {
            let base = directory.owner(context).or_else(|| directory.readers(context).into_iter().next());
            match base {
                Some(base) => client.head(&base, context).await.ok().or(before),
                None => before,
            }
        })
    });
    Polled::watch(contexts, Pace { often: OFTEN, now_and_then: Some(every) }, ask, on_change)
}
