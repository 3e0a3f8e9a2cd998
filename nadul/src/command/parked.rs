//! `nadul parked`: events a running system has set aside, to be tried again or skipped with a reason.
use crate::command_error::{CommandError, CommandResult};
use crate::operator::client::{Asked, Client};
use crate::{context_path, context_path::ContextPath, global::Global, out, stores};
use clap::{Args, Subcommand};
use kernel::{Context, System};
use serde_json::{Value, json};

const EXAMPLES: &str = "Examples:
  nadul parked taxi
  nadul parked taxi replay 7                              try all that is parked for key 7 again
  nadul parked taxi/mypage skip 7 --reason \"a test order\"  let the first event of key 7 go, then try the rest
  nadul parked taxi --at http://127.0.0.1:8088            of many processes, through their gateway";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which system, or which of its contexts
    #[arg(value_name = "SYSTEM[/CONTEXT]", value_parser = context_path::parse)]
    path: ContextPath,
    #[command(subcommand)]
    act: Option<Act>,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Subcommand, Clone)]
enum Act {
    /// List what is parked, and why (what is done where nothing is said)
    List,
    /// Try everything of a key again, in order
    Replay { key: u64 },
    /// Let the first event of a key go, then try the rest; the context has to be named
    Skip {
        key: u64,
        /// Why; it is kept in the process's own log
        #[arg(long)]
        reason: String,
    },
}

pub fn run(global: &Global, arguments: &Arguments) -> CommandResult {
    let system = stores::build(arguments.path.system, &global.settings()?)?;
    let contexts = arguments.path.contexts(&system)?;
    let client = arguments.asked.client(global)?;
    match &arguments.act {
        None | Some(Act::List) => list(&client, &system, &contexts),
        Some(Act::Replay { key }) => replay(&client, &system, &contexts, *key),
        Some(Act::Skip { key, reason }) => {
            let context = arguments.path.context(&system)?;
            let path = format!("{}/{key}/skip", path(&system, context));
            out::print(&resumed(context, &client.post(&path, &json!({ "reason": reason }))?))
        }
    }
}

fn path(system: &System, context: &Context) -> String {
    format!("/{}/operator/contexts/{}/parked", system.name, context.name)
}

fn list(client: &Client, system: &System, contexts: &[&Context]) -> CommandResult {
    let mut rows = vec![];
    for context in contexts {
        rows.extend(items(&client.get(&path(system, context))?).iter().map(|item| row(context, item)));
    }
    match rows.is_empty() {
        true => out::print("nothing is parked\n"),
        false => out::print(&out::table(&rows)),
    }
}

/// In the contexts that have something parked for the key.
fn replay(client: &Client, system: &System, contexts: &[&Context], key: u64) -> CommandResult {
    let mut text = String::new();
    for context in contexts {
        let path = path(system, context);
        if items(&client.get(&path)?).iter().any(|item| item["parked"]["key"] == key) {
            text += &resumed(context, &client.post(&format!("{path}/{key}/replay"), &json!({}))?);
        }
    }
    match text.is_empty() {
        true => Err(CommandError::new(format!("nothing is parked for key {key} in {}", system.name))),
        false => out::print(&text),
    }
}

fn items(answer: &Value) -> Vec<Value> {
    answer["parked"].as_array().cloned().unwrap_or_default()
}

fn row(context: &Context, item: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_string);
    let (consumed, why) = (|name: &str| text(&item[name]), |name: &str| text(&item["parked"][name]));
    vec![
        context.name.to_string(),
        format!("key {}", why("key")),
        why("event_type"),
        format!("{}<{}@{}", consumed("consumer"), consumed("source"), consumed("position")),
        format!("tried {}", why("attempts")),
        why("reason"),
    ]
}

fn resumed(context: &Context, answer: &Value) -> String {
    format!("{}: {} events let go of\n", context.name, answer["resumed"])
}
