//! The event-storming board of a system, drawn from its value: what follows from each event is found by trying examples.
use crate::{
    Action, Context, EmptyReader, Erased, EventContext, EventSet, Id, Name, Policy, Success, System, Timestamp,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// One policy arrow: whenever `event` of `source`, `context` does `command` to one of its `kind`; an empty command: it lets it pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Arrow {
    pub source: Name,
    pub event: Name,
    pub context: Name,
    pub kind: Name,
    pub commands: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SagaNote {
    pub name: Name,
    /// What each step is for, whom it asks and what it asks.
    pub asks: Vec<(Name, Name, Name)>,
    pub route: String,
}

/// One context's column on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    pub context: Name,
    pub aggregates: Vec<Name>,
    pub commands: Vec<String>,
    pub published: Vec<Name>,
    pub private: Vec<Name>,
    pub sagas: Vec<SagaNote>,
    pub answers: Vec<Name>,
    pub views: Vec<String>,
    pub collections: Vec<Name>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    pub system: Name,
    pub topic: Name,
    pub columns: Vec<Column>,
    pub arrows: Vec<Arrow>,
    pub conserved: Vec<(Name, Name)>,
}

pub fn of(system: &System) -> Board {
    let columns = system.contexts.iter().map(column).collect();
    let arrows = system.contexts.iter().flat_map(|context| {
        context.policies.iter().flat_map(move |policy| {
            let arrow = move |(event, commands)| Arrow {
                source: policy.source,
                event,
                context: context.name,
                kind: policy.commands,
                commands,
            };
            (policy.arrows)(policy).into_iter().map(arrow)
        })
    });
    Board {
        system: system.name,
        topic: system.topic,
        columns,
        arrows: arrows.collect(),
        conserved: system.conserved.clone(),
    }
}

fn column(context: &Context) -> Column {
    let events = |published| context.events().filter(|e| e.published == published).map(|e| e.name).collect();
    let sagas = context.routes.iter().filter_map(|route| {
        let Action::Starts { plan, .. } = &route.action else { return None };
        let asks = plan.steps().iter().map(|step| (step.name, step.to, step.call)).collect();
        Some(SagaNote { name: plan.name(), asks, route: format!("{} {}", route.method, route.path) })
    });
    let commands = context.routes.iter().filter(|route| route.success != Success::Read);
    Column {
        context: context.name,
        aggregates: context.kinds.iter().map(|kind| kind.name).collect(),
        commands: commands.map(|route| format!("{} {}", route.method, route.path)).collect(),
        published: events(true),
        private: events(false),
        sagas: sagas.collect(),
        answers: context.callees.iter().map(|callee| callee.call).collect(),
        views: context.views.iter().map(|view| view.table()).collect(),
        collections: context.readable().map(|collection| collection.name).collect(),
    }
}

impl Board {
    pub fn text(&self) -> String {
        let mut out = format!("{} (topic {})\n", self.system, self.topic);
        for column in &self.columns {
            out += &format!("\n{}\n", column.context);
            let mut line = |label: &str, items: &[String]| {
                if !items.is_empty() {
                    out += &format!("  {label:<10} {}\n", items.join(" · "));
                }
            };
            let owned = |names: &[Name]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
            line("commands", &column.commands);
            line("answers", &owned(&column.answers));
            line("publishes", &owned(&column.published));
            line("private", &owned(&column.private));
            line("shows", &owned(&column.collections));
            for saga in &column.sagas {
                let asks: Vec<String> = saga.asks.iter().map(|(name, to, _)| format!("{name} ({to})")).collect();
                out += &format!("  saga       {}: {}\n", saga.name, asks.join(" → "));
            }
            for arrow in self.arrows.iter().filter(|a| a.context == column.context && !a.commands.is_empty()) {
                out += &format!("  whenever   {}.{} then {}\n", arrow.source, arrow.event, arrow.commands.join(" or "));
            }
        }
        out += "\nconserved at rest\n";
        self.conserved.iter().for_each(|(rule, sentence)| out += &format!("  {rule}: {sentence}\n"));
        out
    }

    pub fn mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        for column in &self.columns {
            // not the bare name: `call` and `end` are words of mermaid's own
            out += &format!("  subgraph in_{0}[\"{0}\"]\n", column.context);
            for event in &column.published {
                out += &format!("    {event}[\"{event}\"]:::event\n");
            }
            for saga in &column.sagas {
                out += &format!("    {0}_{1}([\"{2}\"]):::command\n", column.context, slug(saga.name), saga.name);
            }
            for view in &column.views {
                out += &format!("    {0}_{1}[/\"{2}\"/]:::view\n", column.context, slug(view), view);
            }
            out += "  end\n";
        }
        for column in &self.columns {
            for saga in &column.sagas {
                for (name, to, _) in &saga.asks {
                    out += &format!("  {}_{} -. {name} .-> in_{to}\n", column.context, slug(saga.name));
                }
            }
        }
        for arrow in &self.arrows {
            for command in &arrow.commands {
                out += &format!("  {} -- {command} --> in_{}\n", arrow.event, arrow.context);
            }
        }
        out += "  classDef event fill:#ffb86b,stroke:#b35c00\n  classDef command fill:#8ec5ff,stroke:#1d5fa7\n  classDef view fill:#b7e4b0,stroke:#3a7d32\n";
        out
    }
}

fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

pub(crate) fn arrows<E: EventSet>(policy: &Policy) -> Vec<(Name, Vec<String>)> {
    let mut found: Vec<(Name, Vec<String>)> = E::KINDS.iter().map(|kind| (kind.name, vec![])).collect();
    for event in examples::<E>() {
        let context = EventContext {
            event_type: event.name(),
            source: E::SOURCE,
            position: 1,
            key: Id(1),
            at: Timestamp(0),
            local: &EmptyReader,
        };
        let name = event.name();
        let Some(addressed) = (policy.run)(&(Arc::new(event) as Erased), &context) else { continue };
        let Some((_, commands)) = found.iter_mut().find(|(kind, _)| *kind == name) else { continue };
        if !commands.contains(&addressed.name()) {
            commands.push(addressed.name());
        }
    }
    found
}

/// Values of each variant, with both sides of every option and every word of an enum tried, made from the schema.
pub fn examples<E: EventSet>() -> Vec<E> {
    let schema = schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<E>();
    let root = schema.as_value();
    values(root, root, 0).into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
}

fn values(schema: &Value, root: &Value, depth: u8) -> Vec<Value> {
    if depth > 12 {
        return vec![];
    }
    if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
        let target = path.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        let base = target.map_or(vec![], |target| values(target, root, depth + 1));
        return if schema.get("properties").is_some() { combine(base, properties(schema, root, depth)) } else { base };
    }
    if let Some(constant) = schema.get("const") {
        return vec![constant.clone()];
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.clone();
    }
    if let Some(sides) = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(*key)).and_then(Value::as_array) {
        return sides.iter().flat_map(|side| values(side, root, depth + 1)).collect();
    }
    if schema.get("properties").is_some() {
        return properties(schema, root, depth);
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind],
        _ => vec![],
    };
    kinds.into_iter().flat_map(|kind| plain(kind, schema)).collect()
}

fn plain(kind: &str, schema: &Value) -> Vec<Value> {
    match kind {
        "integer" | "number" => vec![json!(1)],
        "string" if schema.get("format").is_some_and(|f| f == "date-time") => vec![json!("2026-01-01T00:00:00Z")],
        "string" => vec![json!("text")],
        "boolean" => vec![json!(true), json!(false)],
        "null" => vec![Value::Null],
        "array" => vec![json!([])],
        "object" => vec![json!({})],
        _ => vec![],
    }
}

/// One value with the first side of every field, and one for each other side.
fn properties(schema: &Value, root: &Value, depth: u8) -> Vec<Value> {
    let Some(fields) = schema.get("properties").and_then(Value::as_object) else { return vec![json!({})] };
    let sides: Vec<(&String, Vec<Value>)> =
        fields.iter().map(|(name, field)| (name, values(field, root, depth + 1))).collect();
    let first: Map<String, Value> =
        sides.iter().filter_map(|(name, all)| Some((name.to_string(), all.first()?.clone()))).collect();
    let mut all = vec![Value::Object(first.clone())];
    for (name, others) in &sides {
        for other in others.iter().skip(1) {
            let mut changed = first.clone();
            changed.insert(name.to_string(), other.clone());
            all.push(Value::Object(changed));
        }
    }
    all
}

fn combine(base: Vec<Value>, with: Vec<Value>) -> Vec<Value> {
    let merged = |a: &Value, b: &Value| {
        let mut fields = a.as_object().cloned().unwrap_or_default();
        fields.extend(b.as_object().cloned().unwrap_or_default());
        Value::Object(fields)
    };
    base.iter().flat_map(|a| with.iter().map(move |b| merged(a, b))).collect()
}
