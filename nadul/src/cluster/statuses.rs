//! How contexts stand that work in other processes: asked of their owners while an operator looks.
use super::polled::{Ask, OnChange, Pace, Polled};
use kernel::Name;
use remote::ProcessClient;
use runtime::port::directory::Directory;
use runtime::port::work::Status;
use std::sync::Arc;
use std::time::Duration;

/// As often as an operator's stream of them is told.
const OFTEN: Duration = Duration::from_millis(300);

/// What an owner that does not answer has said before counts no more.
pub fn watch(contexts: &[Name], client: &ProcessClient, directory: &Arc<dyn Directory>) -> Polled<Status> {
    let (client, directory) = (client.clone(), directory.clone());
    let ask: Ask<Status> = Box::new(move |context, _| {
        let (client, directory) = (client.clone(), directory.clone());
        Box::pin(async move { client.status(&directory.owner(context)?, context).await.ok() })
    });
    let nobody: OnChange = Arc::new(|_| {});
    Polled::watch(contexts, Pace { often: OFTEN, now_and_then: None }, ask, &nobody)
}
