//! The event-storming board of a system, drawn from its value: contexts with their commands, events and views, and the arrows between them.
mod arrow;
mod line_style;
mod mermaid;
mod text;

pub use arrow::Arrow;
use kernel::{Context, Name, RouteAction, Success, System};
pub use line_style::LineStyle;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SagaNote {
    pub name: Name,
    /// What each step is for, whom it asks and what it asks.
    pub asks: Vec<(Name, Name, Name)>,
    pub line: LineStyle,
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

pub fn draw(system: &System) -> Board {
    Board {
        system: system.name,
        topic: system.topic,
        columns: system.contexts.iter().map(column).collect(),
        arrows: system.contexts.iter().flat_map(arrow::arrows).collect(),
        conserved: system.conserved.clone(),
    }
}

fn column(context: &Context) -> Column {
    let events = |published| context.events().filter(|e| e.published == published).map(|e| e.name).collect();
    let sagas = context.routes.iter().filter_map(|route| {
        let RouteAction::Starts { plan, .. } = &route.action else { return None };
        let asks = plan.steps().iter().map(|step| (step.name, step.to, step.call)).collect();
        let route = format!("{} {}", route.method, route.path);
        Some(SagaNote { name: plan.name(), asks, line: LineStyle::Solid, route })
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
        views: context.views.iter().map(|view| view.table().to_string()).collect(),
        collections: context.readable().map(|collection| collection.name).collect(),
    }
}
