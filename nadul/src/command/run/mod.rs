//! `nadul run`: systems at work in this process, until it is told to stop.
mod disk;
mod guide;
mod house;
mod logging;
mod signals;

use crate::failure::{Failure, Outcome};
use crate::folder::Folder;
use crate::settings::Resolved;
use crate::{catalogue, cli, cli::Given, listen, listen::Listen, out};
use clap::Args;
use house::House;
use std::time::Duration;

const EXAMPLES: &str =
    "Ctrl-C or SIGTERM: takes nothing new, finishes what is under way within runtime.drain_ms, exits 0.
A second one: ends at once. Nothing that was answered is lost either way.

Examples:
  nadul run                                     all systems on http://127.0.0.1:8088
  nadul run taxi                                one system, every context on its own port too
  nadul run taxi stay --listen 127.0.0.1:9000 --data /srv/nadul
  nadul run --set http.gateway_port=0           any free port";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which systems; all where none is named
    #[arg(value_parser = cli::system())]
    systems: Vec<String>,
    /// Where to listen: the same as http.address and http.gateway_port
    #[arg(long, value_name = "ADDR[:PORT]", value_parser = listen::parse)]
    listen: Option<Listen>,
}

pub fn run(given: &Given, arguments: &Arguments) -> Outcome {
    let mut given = given.clone();
    given.set.extend(arguments.listen.iter().flat_map(Listen::flags));
    let settings = given.settings()?;
    let systems = catalogue::chosen(&arguments.systems);
    logging::start(&settings, &systems);
    let folder = Folder::of(given.data.as_deref())?;
    let lock = folder.take()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("this machine gives no threads: {error}")))?;
    let house = House::open(&folder, &systems, &settings)?;
    let done = runtime.block_on(serve(house, &lock, &settings));
    runtime.shutdown_background();
    done
}

async fn serve(house: House, lock: &crate::folder::Lock, settings: &Resolved) -> Outcome {
    let mut signals = signals::listen()?;
    let serving = match house.serve(settings).await {
        Ok(serving) => serving,
        Err(failure) => {
            house.drain().await;
            return Err(failure);
        }
    };
    let url = format!("http://{}", serving.gateway);
    lock.tell(&url, &house.names())?;
    let _door = house.door(lock.folder());
    out::say(&guide::text(&house.systems(), &url, &serving.contexts, lock.folder()))?;
    signals.next().await;
    out::say("nadul: finishing what is under way; once more ends at once\n")?;
    let within = Duration::from_millis(settings.group("runtime").whole("drain_ms"));
    signals.again();
    if tokio::time::timeout(within, house.close(serving)).await.is_err() {
        tracing::warn!("not everything was finished in time; the next start goes on with it");
    }
    lock.untell();
    Ok(())
}
