//! The event-storming board of a system, drawn from its value: contexts with their commands, events and views, and the arrows between them.
mod arrow;
mod line_style;
mod mermaid;
mod text;

pub use arrow::Arrow;
use kernel::{Context, Grant, Name, Reach, Route, RouteAction, RowSource, Success, System, View};
pub use line_style::LineStyle;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SagaNote {
    pub name: Name,
    /// What each step is for, whom it asks and what it asks.
    pub asks: Vec<(Name, Name, Name)>,
    pub line: LineStyle,
    pub route: String,
    /// The aggregate that its command is to.
    pub kind: Name,
    /// Where what it asks for is not given, another command is committed instead.
    pub has_fallback: bool,
}

/// A command of people: which aggregate it is to, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteNote {
    pub command: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Name>,
    pub summary: Name,
}

/// What a view folds into its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoldNote {
    pub view: String,
    pub source: Name,
    pub events: Vec<Name>,
}

/// A call that a context answers, and undoes when what asked for it never comes to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerNote {
    pub call: Name,
    pub kind: Name,
}

/// Who stands at a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub role: Name,
    pub command: String,
    /// Only on things that they own or take part in.
    pub own: bool,
}

/// One context's column on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    pub context: Name,
    /// What its correlation key is called.
    pub key_name: Name,
    pub aggregates: Vec<Name>,
    pub commands: Vec<String>,
    /// Empty on a board that is drawn without people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Standing>,
    pub published: Vec<Name>,
    pub private: Vec<Name>,
    pub sagas: Vec<SagaNote>,
    pub answers: Vec<Name>,
    pub views: Vec<String>,
    pub collections: Vec<Name>,
    pub routes: Vec<RouteNote>,
    pub folds: Vec<FoldNote>,
    pub undoes: Vec<AnswerNote>,
    /// An outside party that it relies on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Name>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    pub system: Name,
    pub topic: Name,
    pub columns: Vec<Column>,
    pub arrows: Vec<Arrow>,
    pub conserved: Vec<(Name, Name)>,
}

pub fn draw(system: &System) -> Board {
    Board {
        system: system.name,
        topic: system.topic,
        columns: system.contexts.iter().map(column).collect(),
        arrows: system.contexts.iter().flat_map(arrow::arrows).collect(),
        conserved: system.conserved.clone(),
    }
}

/// With who stands at each command, as it is where people sign in.
pub fn draw_with_people(system: &System) -> Board {
    let mut board = draw(system);
    for (column, context) in board.columns.iter_mut().zip(&system.contexts) {
        column.people = commands(context).flat_map(standing).collect();
    }
    board
}

fn standing(route: &Route) -> impl Iterator<Item = Standing> {
    let command = name(route);
    let stands = move |grant: &Grant| Standing {
        role: grant.role.name,
        command: command.clone(),
        own: grant.reach != Reach::All,
    };
    route.grants.all().iter().map(stands)
}

fn commands(context: &Context) -> impl Iterator<Item = &Route> {
    context.routes.iter().filter(|route| route.success != Success::Read)
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

fn column(context: &Context) -> Column {
    let events = |published| context.events().filter(|e| e.published == published).map(|e| e.name).collect();
    let sagas = context.routes.iter().filter_map(|route| {
        let RouteAction::Starts { plan, .. } = &route.action else { return None };
        let asks = plan.steps().iter().map(|step| (step.name, step.to, step.call)).collect();
        let (kind, has_fallback) = (plan.kind(), plan.has_fallback());
        Some(SagaNote { name: plan.name(), asks, line: LineStyle::Solid, route: name(route), kind, has_fallback })
    });
    Column {
        context: context.name,
        key_name: context.key_name,
        aggregates: context.kinds.iter().map(|kind| kind.name).collect(),
        commands: commands(context).map(name).collect(),
        people: vec![],
        published: events(true),
        private: events(false),
        sagas: sagas.collect(),
        answers: context.callees.iter().map(|callee| callee.call).collect(),
        views: context.views.iter().map(|view| view.table().to_string()).collect(),
        collections: context.readable().map(|collection| collection.name).collect(),
        routes: commands(context).map(|route| note(context, route)).collect(),
        folds: context.views.iter().flat_map(folds).collect(),
        undoes: context.callees.iter().map(|callee| AnswerNote { call: callee.call, kind: callee.kind }).collect(),
        provider: context.provider.map(|provider| provider.name),
    }
}

fn note(context: &Context, route: &Route) -> RouteNote {
    let kind = match &route.action {
        RouteAction::Starts { plan, .. } => Some(plan.kind()),
        _ => context.collections.iter().find(|shown| shown.name == route.collection).and_then(|shown| match shown.of {
            RowSource::State(kind) => Some(kind),
            _ => None,
        }),
    };
    RouteNote { command: name(route), kind, summary: route.summary }
}

fn folds(view: &View) -> impl Iterator<Item = FoldNote> {
    view.folds.iter().map(|fold| FoldNote {
        view: view.table().to_string(),
        source: fold.source,
        events: fold.kinds.iter().map(|kind| kind.name).collect(),
    })
}
