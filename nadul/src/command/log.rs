//! `nadul log`: what happened, in order of time, also while it happens.
use crate::command_error::{CommandError, CommandResult};
use crate::folder::Folder;
use crate::log_line::{self, LogLine};
use crate::stores::{LiveStore, StorePlaces};
use crate::{context_path, context_path::ContextPath, global::Global, out, stores};
use clap::Args;
use kernel::{Context, Id, Recorded, System};
use std::collections::VecDeque;
use std::time::Duration;

const EXAMPLES: &str = "Examples:
  nadul log taxi                        everything, oldest first
  nadul log taxi --key 7                all that happened to one request, in all contexts
  nadul log taxi/payment --after 1000   of one context, behind a position
  nadul log taxi --follow --json        as JSON lines, as it happens";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which system, or which of its contexts
    #[arg(value_name = "SYSTEM[/CONTEXT]", value_parser = context_path::parse)]
    path: ContextPath,
    /// Only what belongs to this correlation key
    #[arg(long, value_name = "ID")]
    key: Option<u64>,
    /// Stay, and go on with what happens
    #[arg(long, short)]
    follow: bool,
    /// Only what stands behind this position of a context's log
    #[arg(long, value_name = "POSITION")]
    after: Option<u64>,
    /// One JSON object a line, as on a broker
    #[arg(long)]
    json: bool,
    /// Also who asked for it, where people sign in: nobody else is told that
    #[arg(long)]
    who: bool,
}

/// Read from a log at a time.
const PAGE_EVENTS: usize = 500;
/// Between two looks for new events.
const PAUSE: Duration = Duration::from_millis(200);

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    if arguments.after.is_some() && !arguments.path.names_a_context() {
        return Err(CommandError::unreadable(
            "--after is a position in one log: name a context too, such as taxi/payment",
        ));
    }
    let settings = global.settings()?;
    let system = stores::build(arguments.path.system, &settings)?;
    let mut contexts = arguments.path.contexts(&system)?;
    let places = StorePlaces::read(Folder::named(global.data.as_deref())?, &settings)?;
    // one in the memory of its process publishes nothing; who names it is told why it can't be read
    contexts.retain(|context| arguments.path.names_a_context() || places.keeps(&system, context));
    if !places.has(&system)? {
        return Err(stores::none(&places.folder, system.name));
    }
    let mut tails: Vec<_> =
        contexts.into_iter().map(|context| Tail::new(&places, &system, context, arguments)).collect();
    loop {
        print_new(&mut tails, arguments)?;
        if !arguments.follow || !out::pause(PAUSE) {
            return Ok(());
        }
    }
}

/// All there is by now, merged by time, then by context and position.
fn print_new(tails: &mut [Tail<'_>], arguments: &Arguments) -> CommandResult {
    loop {
        tails.iter_mut().try_for_each(Tail::fill)?;
        let Some((_, _, next)) = tails
            .iter()
            .enumerate()
            .filter_map(|(at, tail)| Some((tail.page.front()?.at, tail.context.name, at)))
            .min()
        else {
            return Ok(());
        };
        let context = tails[next].context;
        if let Some(event) = tails[next].page.pop_front() {
            let line = LogLine { context, event: &event, who: arguments.who };
            match arguments.json {
                true => out::print_as_it_is(&log_line::json(&line))?,
                false => out::print(&log_line::text(&line))?,
            }
        }
    }
}

/// One context's log from where it was read to.
struct Tail<'a> {
    places: &'a StorePlaces,
    system: &'a System,
    context: &'a Context,
    /// `None`: to be opened for the next look.
    store: Option<LiveStore>,
    key: Option<Id>,
    after: u64,
    page: VecDeque<Recorded>,
}

impl<'a> Tail<'a> {
    fn new(places: &'a StorePlaces, system: &'a System, context: &'a Context, arguments: &Arguments) -> Tail<'a> {
        let (key, after) = (arguments.key.map(Id), arguments.after.unwrap_or(0));
        Tail { places, system, context, store: None, key, after, page: VecDeque::new() }
    }

    fn fill(&mut self) -> CommandResult {
        if !self.page.is_empty() {
            return Ok(());
        }
        let store = match self.store.take() {
            Some(store) => store,
            None => self.places.live(self.system, self.context)?,
        };
        let page = match self.key {
            Some(key) => store.reader.log_of(key, self.after, PAGE_EVENTS),
            None => store.reader.log(self.after, PAGE_EVENTS),
        };
        self.page = page.map_err(|error| CommandError::store(self.system, self.context, &error))?.into();
        self.after = self.page.back().map_or(self.after, |last| last.position);
        self.store = Some(store).filter(|store| store.at_rest.is_none());
        Ok(())
    }
}
