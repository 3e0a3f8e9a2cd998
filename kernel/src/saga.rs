//! Sagas: ordered calls to other contexts, then one command in the own context. Nothing of the request exists before that command.
use crate::aggregate::{AddressedCommand, Aggregate, Then};
use crate::call::CallBody;
use crate::erased::{Erased, typed};
use crate::name::Name;
use std::sync::Arc;

type MakeCall<F> = Box<dyn Fn(&F) -> Option<String> + Send + Sync>;
type OnReply<F> = Box<dyn Fn(F, &str) -> Result<F, serde_json::Error> + Send + Sync>;

/// One call of a saga, as a board shows it.
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
    calls: Vec<(Step, MakeCall<F>, OnReply<F>)>,
    command: fn(F) -> Then<A>,
    fallback: Option<fn(F) -> Then<A>>,
}

/// A saga whose last command is not declared yet.
pub struct SagaSteps<F> {
    name: Name,
    calls: Vec<(Step, MakeCall<F>, OnReply<F>)>,
}

pub fn saga<F: Clone + Send + Sync + 'static>(name: Name) -> SagaSteps<F> {
    SagaSteps { name, calls: vec![] }
}

fn body<C: CallBody>(call: &C) -> String {
    serde_json::to_string(call).expect("a call is plain data")
}

impl<F: Clone + Send + Sync + 'static> SagaSteps<F> {
    pub fn call<C: CallBody>(self, name: Name, call: fn(&F) -> C, on_reply: fn(F, C::Answer) -> F) -> Self {
        self.step::<C>(name, Box::new(move |form| Some(body(&call(form)))), on_reply)
    }

    /// Called only where `call` gives a call.
    pub fn call_if<C: CallBody>(self, name: Name, call: fn(&F) -> Option<C>, on_reply: fn(F, C::Answer) -> F) -> Self {
        self.step::<C>(name, Box::new(move |form| call(form).as_ref().map(body)), on_reply)
    }

    fn step<C: CallBody>(mut self, name: Name, call: MakeCall<F>, on_reply: fn(F, C::Answer) -> F) -> Self {
        let on_reply = Box::new(move |form: F, answer: &str| Ok(on_reply(form, serde_json::from_str(answer)?)));
        self.calls.push((Step { name, to: C::TO, call: C::NAME, within: C::WITHIN }, call, on_reply));
        self
    }

    pub fn then<A: Aggregate>(self, command: fn(F) -> Then<A>) -> Saga<F, A> {
        Saga { name: self.name, calls: self.calls, command, fallback: None }
    }
}

impl<F, A: Aggregate> Saga<F, A> {
    /// The declared fallback: what is committed when a call was refused, failed or came too late. Its holds are voided all the same.
    pub fn fallback(mut self, fallback: fn(F) -> Then<A>) -> Self {
        self.fallback = Some(fallback);
        self
    }
}

/// A saga as the runtime sees it, types forgotten.
pub trait SagaPlan: Send + Sync {
    fn name(&self) -> Name;
    fn kind(&self) -> Name;
    fn steps(&self) -> Vec<Step>;
    /// `None`: this step calls nobody.
    fn call(&self, step: usize, form: &Erased) -> Option<String>;
    fn on_reply(&self, step: usize, form: &Erased, answer: &str) -> Result<Erased, serde_json::Error>;
    fn command(&self, form: &Erased) -> Option<AddressedCommand>;
    fn fallback(&self, form: &Erased) -> Option<AddressedCommand>;
    /// Whether a refusal by a callee is not the answer, because the fallback is committed then.
    fn has_fallback(&self) -> bool;
}

impl<F: Clone + Send + Sync + 'static, A: Aggregate> SagaPlan for Saga<F, A> {
    fn name(&self) -> Name {
        self.name
    }
    fn kind(&self) -> Name {
        A::KIND
    }
    fn steps(&self) -> Vec<Step> {
        self.calls.iter().map(|(step, ..)| *step).collect()
    }
    fn call(&self, step: usize, form: &Erased) -> Option<String> {
        self.calls[step].1(typed(form, self.name))
    }
    fn on_reply(&self, step: usize, form: &Erased, answer: &str) -> Result<Erased, serde_json::Error> {
        let form = typed::<F>(form, self.name).clone();
        Ok(Arc::new(self.calls[step].2(form, answer)?))
    }
    fn command(&self, form: &Erased) -> Option<AddressedCommand> {
        (self.command)(typed::<F>(form, self.name).clone()).addressed()
    }
    fn fallback(&self, form: &Erased) -> Option<AddressedCommand> {
        self.fallback?(typed::<F>(form, self.name).clone()).addressed()
    }
    fn has_fallback(&self) -> bool {
        self.fallback.is_some()
    }
}
