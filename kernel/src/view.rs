//! Views: rows folded from the events of several contexts. A column has one source; what several mean together is a function of the row.
use crate::caller::Owners;
use crate::collection::{Collection, CollectionBuilder, Shown};
use crate::erased::{Erased, typed};
use crate::event::{EventKind, EventSet, Recorded};
use crate::id::Id;
use crate::name::Name;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// One line of a row's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(crate = "schemars")]
pub struct HistoryEntry {
    pub event_id: Uuid,
    pub event_type: String,
    pub timestamp: Timestamp,
    /// Where it came from: what breaks ties of time. Kept beside the fold, not shown.
    #[serde(skip)]
    #[schemars(skip)]
    pub source: String,
    #[serde(skip)]
    #[schemars(skip)]
    pub position: u64,
}

/// What a view keeps of one key: the folded value and its history.
#[derive(Clone, Debug)]
pub struct Folded {
    pub value: Erased,
    pub history: Vec<HistoryEntry>,
    /// How many older entries the history had: what was cut stays cut, whatever it may keep later.
    pub history_cut: u64,
}

type KeyOf = Box<dyn Fn(&Erased, &Recorded) -> Option<Id> + Send + Sync>;
type Fold = Box<dyn Fn(&Erased, &Erased, &Recorded) -> Erased + Send + Sync>;

/// What a view does with one source's events, types forgotten.
pub struct SourceFold {
    pub source: Name,
    pub kinds: &'static [EventKind],
    pub read: fn(&Recorded) -> Result<Option<Erased>, serde_json::Error>,
    /// The row an event belongs to; `None`: to no row.
    pub key: KeyOf,
    pub fold: Fold,
}

pub struct View {
    pub collection: Collection,
    /// Of the folds: a changed view gets a new one and is rebuilt beside the old.
    pub version: u32,
    pub folds: Vec<SourceFold>,
    pub history: bool,
    /// Nobody reads it; it is there for the rules of its own context.
    pub private: bool,
    /// Whose a row is; `None`: its first event's.
    pub owners: Option<Box<dyn Fn(&Erased) -> Owners + Send + Sync>>,
    pub decode: fn(Option<&str>) -> Result<Erased, serde_json::Error>,
    pub encode: fn(&Erased) -> String,
}

/// A view while it is being declared: `P` is what is folded.
pub struct ViewBuilder<P> {
    version: u32,
    folds: Vec<SourceFold>,
    history: bool,
    owners: Option<fn(&P) -> Owners>,
}

impl View {
    /// `P` is what is folded of one key's events.
    pub fn builder<P>(version: u32) -> ViewBuilder<P>
    where
        P: Default + Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    {
        ViewBuilder { version, folds: vec![], history: false, owners: None }
    }

    pub fn sources(&self) -> impl Iterator<Item = Name> {
        let mut sources: Vec<Name> = self.folds.iter().map(|fold| fold.source).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.into_iter()
    }
}

impl<P> ViewBuilder<P>
where
    P: Default + Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Folds a source's events onto the row of their correlation key.
    pub fn folds<E: EventSet>(self, fold: fn(P, E) -> P) -> Self {
        self.subscribe(Box::new(|_, recorded| Some(recorded.key)), move |value, event, _| fold(value, event))
    }

    /// As `folds`, onto the row that `key` names, with the event's frame at hand.
    pub fn folds_by<E: EventSet>(self, key: fn(&E) -> Option<Id>, fold: fn(P, E, &Recorded) -> P) -> Self {
        self.subscribe(Box::new(move |event, _| key(typed(event, "a fold"))), fold)
    }

    fn subscribe<E: EventSet>(
        mut self,
        key: KeyOf,
        fold: impl Fn(P, E, &Recorded) -> P + Send + Sync + 'static,
    ) -> Self {
        let fold = move |value: &Erased, event: &Erased, recorded: &Recorded| {
            let value = typed::<P>(value, "a fold").clone();
            Arc::new(fold(value, typed::<E>(event, "a fold").clone(), recorded)) as Erased
        };
        let read = crate::policy::read::<E>;
        self.folds.push(SourceFold { source: E::SOURCE, kinds: E::KINDS, read, key, fold: Box::new(fold) });
        self
    }

    /// The row shows when what happened, one entry an event.
    pub fn with_history(mut self) -> Self {
        self.history = true;
        self
    }

    /// A row is not the one's whose event was its first, but whose this says.
    pub fn owned_by(self, owners: fn(&P) -> Owners) -> Self {
        ViewBuilder { owners: Some(owners), ..self }
    }

    pub fn shows<R: Serialize + JsonSchema + 'static>(
        self,
        collection: CollectionBuilder<R>,
        show: fn(Id, &P) -> Shown<R>,
    ) -> View {
        self.build(collection.of_value(show), false)
    }

    /// Folded for the routes, sagas and policies of its own context, which read it from their `local` under this name.
    pub fn internal(self, name: Name) -> View {
        self.build(Collection::new::<()>(name, name).of_value(|_, _: &P| Shown::Hidden), true)
    }

    fn build(self, collection: Collection, private: bool) -> View {
        View {
            collection,
            version: self.version,
            folds: self.folds,
            history: self.history,
            private,
            owners: self.owners.map(|owners| Box::new(move |value: &Erased| owners(typed::<P>(value, "a view"))) as _),
            decode: |body| Ok(Arc::new(body.map(serde_json::from_str::<P>).transpose()?.unwrap_or_default())),
            encode: |value| serde_json::to_string(typed::<P>(value, "a view")).expect("a folded value is plain data"),
        }
    }
}
