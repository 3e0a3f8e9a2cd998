//! Where contexts without a seat in this process are worked for: asked of their replicas again and again, and at once where somebody doubts,
//! or waits for an owner.
use kernel::Name;
use remote::ProcessClient;
use runtime::port::directory::Directory;
use runtime::port::replica::{Ownership, Replica, ReplicaState};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Replicas are not asked again sooner, however many doubt.
const ASK_AGAIN: Duration = Duration::from_millis(15);
/// Who has not answered by then is not waited for.
const PATIENCE: Duration = Duration::from_millis(300);
/// What was heard longer ago is not believed.
const BELIEVED: Duration = Duration::from_secs(5);

/// After so long, what nobody has said is not known.
pub const BELIEVED_FIRST: Duration = Duration::from_secs(2);

/// One for a system.
pub struct PolledDirectory {
    contexts: Vec<Arc<Watched>>,
}

/// One context elsewhere.
struct Watched {
    context: Name,
    known: RwLock<Option<(Ownership, Instant)>>,
    doubted: Notify,
}

impl PolledDirectory {
    /// Asks from now on, in tasks of this runtime, until it ends.
    pub fn watch(contexts: &[Name], client: &ProcessClient, seeds: &[String], every: Duration) -> PolledDirectory {
        let watched = contexts.iter().map(|context| {
            let watched = Arc::new(Watched { context, known: RwLock::default(), doubted: Notify::new() });
            tokio::spawn(watched.clone().run(client.clone(), seeds.to_vec(), every));
            watched
        });
        PolledDirectory { contexts: watched.collect() }
    }

    fn get(&self, context: &str) -> Option<&Watched> {
        self.contexts.iter().map(Arc::as_ref).find(|watched| watched.context == context)
    }

    /// Until every context was asked for once, but not longer than this.
    pub async fn wait(&self, within: Duration) {
        let until = Instant::now() + within;
        let is_asked = |watched: &Arc<Watched>| watched.known().is_some();
        while !self.contexts.iter().all(is_asked) && Instant::now() < until {
            tokio::time::sleep(ASK_AGAIN).await;
        }
    }

    /// Whoever asks in the name of a context owns it, unless a later owner is known.
    pub fn hear_owner(&self, context: &str, url: &str, epoch: u64) {
        if let Some(watched) = self.get(context) {
            watched.hear_owner(url, epoch);
        }
    }

    /// What its replicas said last.
    pub fn ownership(&self, context: &str) -> Option<Ownership> {
        self.get(context)?.known()
    }
}

impl Directory for PolledDirectory {
    /// Whoever looks for an owner that is not known is waiting for one, so replicas are asked again soon.
    fn owner(&self, context: &str) -> Option<String> {
        let watched = self.get(context)?;
        let known = watched.known().and_then(|ownership| Some(owner(&ownership)?.url.clone()));
        if known.is_none() {
            watched.doubted.notify_one();
        }
        known
    }

    /// The owner last: it has the most to do.
    fn readers(&self, context: &str) -> Vec<String> {
        let Some(watched) = self.get(context) else { return vec![] };
        let Some(ownership) = watched.known() else {
            watched.doubted.notify_one();
            return vec![];
        };
        let owner = owner(&ownership).map(|owner| owner.id.clone());
        let mut ready: Vec<&Replica> =
            ownership.replicas.iter().filter(|replica| replica.state == ReplicaState::Ready).collect();
        ready.sort_by_key(|replica| Some(&replica.id) == owner.as_ref());
        ready.into_iter().map(|replica| replica.url.clone()).collect()
    }

    fn doubt(&self, context: &str, _url: &str) {
        if let Some(watched) = self.get(context) {
            watched.doubted.notify_one();
        }
    }
}

fn owner(ownership: &Ownership) -> Option<&Replica> {
    ownership.owner.as_ref().filter(|owner| !ownership.is_free && !owner.url.is_empty())
}

fn is_believed((_, at): &&(Ownership, Instant)) -> bool {
    at.elapsed() < BELIEVED
}

impl Watched {
    fn known(&self) -> Option<Ownership> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(is_believed).map(|(ownership, _)| ownership.clone())
    }

    async fn run(self: Arc<Self>, client: ProcessClient, seeds: Vec<String>, every: Duration) {
        loop {
            let _slow_ones_are_asked_again = tokio::time::timeout(PATIENCE, self.ask(&client, &seeds)).await;
            tokio::time::sleep(ASK_AGAIN).await;
            let _timed_out = tokio::time::timeout(every, self.doubted.notified()).await;
        }
    }

    /// All that are known; where nobody is, the seeds. Each answer counts as it comes: a replica that stands still delays none.
    async fn ask(&self, client: &ProcessClient, seeds: &[String]) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        let is_fresh = |(_, at): &&(Ownership, Instant)| at.elapsed() < BELIEVED / 2;
        let replicas = known.as_ref().filter(is_fresh).into_iter().flat_map(|(ownership, _)| &ownership.replicas);
        let replicas = replicas.map(|replica| replica.url.clone()).filter(|url| !url.is_empty());
        let mut bases: BTreeSet<String> = replicas.collect();
        if bases.is_empty() {
            bases.extend(seeds.iter().cloned());
        }
        let mut asked = JoinSet::new();
        for base in bases {
            let (client, context) = (client.clone(), self.context);
            asked.spawn(async move { client.replicas(&base, context).await.ok() });
        }
        let began = Instant::now();
        while let Some(answer) = asked.join_next().await {
            if let Ok(Some(answer)) = answer {
                self.hear(answer, began);
            }
        }
    }

    fn hear_owner(&self, url: &str, epoch: u64) {
        let known = self.known().unwrap_or_default();
        if epoch <= known.epoch {
            return;
        }
        let of_replica = known.replicas.iter().find(|replica| replica.url == url).cloned();
        let unheard = || Replica { url: url.to_string(), state: ReplicaState::Ready, ..Replica::default() };
        let owner = Some(of_replica.unwrap_or_else(unheard));
        let ownership = Ownership { epoch, owner, replicas: known.replicas, ..Ownership::default() };
        self.hear(ownership, Instant::now());
        self.doubted.notify_one(); // the rest is asked
    }

    /// The newest word counts: a replica that was stopped for a while knows old things. Of one epoch, what was asked later.
    /// What nobody has said for a while counts no more: after a restore epochs are counted from an earlier one again.
    fn hear(&self, answer: Ownership, asked: Instant) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let is_news = known.as_ref().filter(is_believed).is_none_or(|(known, at)| {
            answer.epoch > known.epoch || answer.epoch == known.epoch && (*at < asked || owner(&answer).is_some())
        });
        if is_news {
            *known = Some((answer, asked));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(epoch: u64, url: &str) -> Ownership {
        let owner = Some(Replica { url: url.into(), ..Replica::default() });
        Ownership { epoch, owner, ..Ownership::default() }
    }

    fn heard(epoch: u64, ago: Duration) -> Watched {
        let at = Instant::now().checked_sub(ago).expect("a time that long ago");
        Watched { context: "catch", known: RwLock::new(Some((owned(epoch, "first"), at))), doubted: Notify::new() }
    }

    #[test]
    fn an_owner_of_an_earlier_epoch_is_not_believed_while_the_later_one_is_heard_of() {
        let watched = heard(3, Duration::ZERO);
        watched.hear(owned(2, "second"), Instant::now());
        watched.hear_owner("second", 2);
        assert_eq!(watched.known(), Some(owned(3, "first")));
    }

    #[test]
    fn after_a_restore_an_owner_of_an_earlier_epoch_is_believed_once_the_later_one_is_not_heard_of() {
        let asked = heard(3, BELIEVED);
        asked.hear(owned(2, "second"), Instant::now());
        assert_eq!(asked.known(), Some(owned(2, "second")));
        let told = heard(3, BELIEVED);
        told.hear_owner("second", 2);
        assert_eq!(told.known().and_then(|known| known.owner).map(|owner| owner.url), Some("second".to_string()));
    }
}
