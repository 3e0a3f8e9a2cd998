//! One system in a process of several: its host, the hub of its streams, and the ways to the others.
use super::credentials::Credentials;
use super::directory::PolledDirectory;
use super::elsewhere::{Clients, LateHost, OtherProcesses};
use super::inside::{GroupNews, HostInside};
use super::measures;
use super::polled::OnChange;
use super::settings::ClusterSettings;
use crate::command_error::{CommandError, CommandResult};
use crate::process::disk;
use crate::settings::Resolved;
use axum::Router;
use embedded::replicated::{ReplicatedHost, ReplicatedOpening};
use http_edge::{HostedSystem, Hub};
use kafka::KafkaFeeds;
use kernel::{Name, System};
use remote::{Guard, Keys, guarded};
use runtime::limits::Limits;
use runtime::port::broker::Broker;
use runtime::port::replica::{Replica, Standby};
use std::path::PathBuf;
use std::sync::Arc;

/// The contexts of a system that may work in this process, each by its store.
pub type Seats = Vec<(Name, Box<dyn Standby>)>;

/// Which ways events go besides the logs of their contexts.
#[derive(Default)]
pub struct EventWays {
    /// Where those go that are published here.
    pub broker: Option<Arc<dyn Broker>>,
    /// What contexts here hear those of others by; `None`: they read their logs.
    pub feeds: Option<KafkaFeeds>,
}

pub struct ClusterSystem {
    pub host: Arc<ReplicatedHost>,
    pub directory: Arc<PolledDirectory>,
    hub: Arc<Hub>,
    news: GroupNews,
    keys: Arc<Keys>,
    pub clients: Clients,
}

impl ClusterSystem {
    /// `folder`: where stores that are files lie; `None`: there are none here. Called within a runtime.
    pub fn open(
        system: &Arc<System>,
        (me, seats): (Replica, Seats),
        events: EventWays,
        settings: &Resolved,
        credentials: &Credentials,
        folder: Option<PathBuf>,
    ) -> CommandResult<ClusterSystem> {
        let set = ClusterSettings::read(&settings.group("cluster"));
        let hub = Hub::for_system(system, &settings.group("http"));
        let names: Vec<Name> = seats.iter().map(|(name, _)| *name).collect();
        let news = GroupNews::of(names.iter().copied());
        let to_hub = hub.on_commit();
        let on_change: OnChange = {
            let to_hub = to_hub.clone();
            Arc::new(move |context| to_hub(context, None))
        };
        let (clients, late) = (Clients::new(credentials, system), LateHost::default());
        let others = OtherProcesses {
            system,
            seats: &names,
            clients: &clients,
            set: &set,
            on_change: &on_change,
            host: &late,
            feeds: events.feeds.map(Arc::new),
        };
        let (elsewhere, directory) = others.open();
        let told = news.clone();
        let host = ReplicatedHost::start(ReplicatedOpening {
            system: system.clone(),
            settings: settings.group(system.name),
            limits: Limits::read(&settings.group("runtime")),
            times: set.times(),
            me,
            seats,
            elsewhere,
            on_commit: Arc::new(move |context, rows| {
                to_hub(context, rows);
                told.tell(context);
            }),
            broker: events.broker,
            free_disk_mb: Arc::new(move || folder.as_deref().map_or(u64::MAX, disk::free_mb)),
        });
        let host = host.map_err(|error| CommandError::new(format!("this machine gives no threads: {error}")))?;
        measures::report(&host);
        let _is_first = late.set(Arc::downgrade(&host));
        Ok(ClusterSystem { host, directory, hub, news, keys: credentials.keys.clone(), clients })
    }

    pub fn hosted(&self) -> HostedSystem {
        HostedSystem { work: self.host.clone(), hub: self.hub.clone() }
    }

    /// What the internal port answers: the other processes, and requests that they pass on.
    pub fn internal_router(&self, passed_on: Router) -> Router {
        let names: Vec<Name> = self.host.seats().iter().map(|seat| seat.name()).collect();
        let guard = Arc::new(Guard::new(self.keys.clone(), self.system().name, &names));
        let inside = Arc::new(HostInside {
            host: self.host.clone(),
            news: self.news.clone(),
            directory: self.directory.clone(),
        });
        remote::router(inside, guard.clone()).merge(guarded(passed_on, guard))
    }

    pub fn system(&self) -> &Arc<System> {
        runtime::port::work::SystemAtWork::system(&*self.host)
    }
}
