//! Ordered questions to other contexts, then one command at home. Nothing of the request exists before that command.
use crate::{Aggregate, Call, Erased, Errand, Name, Then};
use std::sync::Arc;

type Ask<F> = Box<dyn Fn(&F) -> Option<String> + Send + Sync>;
type Hear<F> = Box<dyn Fn(F, &str) -> Result<F, serde_json::Error> + Send + Sync>;

/// One question of a saga, as a board shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is for, as a phrase: "hold the fare".
    pub name: Name,
    pub to: Name,
    pub call: Name,
    /// The setting with its time limit.
    pub within: Name,
}

/// `F` is what the customer asked for and what has been answered so far.
pub struct Saga<F, A: Aggregate> {
    name: Name,
    asks: Vec<(Step, Ask<F>, Hear<F>)>,
    done: fn(F) -> Then<A>,
    otherwise: Option<fn(F) -> Then<A>>,
}

/// A saga whose last command is still to be said.
pub struct Asking<F> {
    name: Name,
    asks: Vec<(Step, Ask<F>, Hear<F>)>,
}

pub fn saga<F: Clone + Send + Sync + 'static>(name: Name) -> Asking<F> {
    Asking { name, asks: vec![] }
}

impl<F: Clone + Send + Sync + 'static> Asking<F> {
    pub fn ask<C: Call>(self, name: Name, ask: fn(&F) -> C, heard: fn(F, C::Answer) -> F) -> Self {
        self.step::<C>(name, Box::new(move |form| serde_json::to_string(&ask(form)).ok()), heard)
    }

    /// Asked only where `ask` has something to ask.
    pub fn ask_if<C: Call>(self, name: Name, ask: fn(&F) -> Option<C>, heard: fn(F, C::Answer) -> F) -> Self {
        self.step::<C>(name, Box::new(move |form| ask(form).and_then(|call| serde_json::to_string(&call).ok())), heard)
    }

    fn step<C: Call>(mut self, name: Name, ask: Ask<F>, heard: fn(F, C::Answer) -> F) -> Self {
        let heard = Box::new(move |form: F, answer: &str| Ok(heard(form, serde_json::from_str(answer)?)));
        self.asks.push((Step { name, to: C::TO, call: C::NAME, within: C::WITHIN }, ask, heard));
        self
    }

    pub fn then<A: Aggregate>(self, done: fn(F) -> Then<A>) -> Saga<F, A> {
        Saga { name: self.name, asks: self.asks, done, otherwise: None }
    }
}

impl<F, A: Aggregate> Saga<F, A> {
    /// The declared fallback: what is committed when a question was refused, failed or came too late. Its holds are voided all the same.
    pub fn otherwise(mut self, fallback: fn(F) -> Then<A>) -> Self {
        self.otherwise = Some(fallback);
        self
    }
}

/// A saga as the runtime sees it, types forgotten.
pub trait Plan: Send + Sync {
    fn name(&self) -> Name;
    fn kind(&self) -> Name;
    fn steps(&self) -> Vec<Step>;
    /// `None`: this step has nothing to ask.
    fn ask(&self, step: usize, form: &Erased) -> Option<String>;
    fn heard(&self, step: usize, form: &Erased, answer: &str) -> Result<Erased, serde_json::Error>;
    fn done(&self, form: &Erased) -> Option<Errand>;
    fn otherwise(&self, form: &Erased) -> Option<Errand>;
    /// Whether a no of those it asks is not told, as something else is committed then.
    fn falls_back(&self) -> bool;
}

impl<F: Clone + Send + Sync + 'static, A: Aggregate> Plan for Saga<F, A> {
    fn name(&self) -> Name {
        self.name
    }
    fn kind(&self) -> Name {
        A::KIND
    }
    fn steps(&self) -> Vec<Step> {
        self.asks.iter().map(|(step, ..)| *step).collect()
    }
    fn ask(&self, step: usize, form: &Erased) -> Option<String> {
        self.asks[step].1(form.downcast_ref::<F>()?)
    }
    fn heard(&self, step: usize, form: &Erased, answer: &str) -> Result<Erased, serde_json::Error> {
        let form = form.downcast_ref::<F>().cloned().expect("a saga keeps its own form");
        Ok(Arc::new(self.asks[step].2(form, answer)?))
    }
    fn done(&self, form: &Erased) -> Option<Errand> {
        (self.done)(form.downcast_ref::<F>().cloned()?).errand()
    }
    fn otherwise(&self, form: &Erased) -> Option<Errand> {
        self.otherwise?(form.downcast_ref::<F>().cloned()?).errand()
    }
    fn falls_back(&self) -> bool {
        self.otherwise.is_some()
    }
}
