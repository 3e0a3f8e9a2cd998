//! Sagas: ordered calls to other contexts, then one command in the own context. Nothing of the request exists before that command.
use crate::aggregate::{AddressedCommand, Aggregate, Then};
use crate::call::CallBody;
use crate::erased::{Erased, typed};
use crate::name::Name;
use std::sync::Arc;

type MakeCall<D> = Box<dyn Fn(&D) -> Option<String> + Send + Sync>;
type OnReply<D> = Box<dyn Fn(D, &str) -> Result<D, serde_json::Error> + Send + Sync>;

/// One call of a saga, as a board shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is for, as a phrase: "hold the fare".
    pub name: Name,
    pub to: Name,
    pub call: Name,
    /// The setting with its time limit.
    pub within: Name,
    /// Whoever owns the thing that answers takes part in what the saga makes.
    pub owner_takes_part: bool,
}

/// `D` is what the customer asked for and what has been answered so far.
pub struct Saga<D, A: Aggregate> {
    name: Name,
    calls: Vec<(Step, MakeCall<D>, OnReply<D>)>,
    command: fn(D) -> Then<A>,
    fallback: Option<fn(D) -> Then<A>>,
}

/// A saga whose last command is not declared yet.
pub struct SagaSteps<D> {
    name: Name,
    calls: Vec<(Step, MakeCall<D>, OnReply<D>)>,
}

pub fn saga<D: Clone + Send + Sync + 'static>(name: Name) -> SagaSteps<D> {
    SagaSteps { name, calls: vec![] }
}

fn body<C: CallBody>(call: &C) -> String {
    serde_json::to_string(call).expect("a call is plain data")
}

impl<D: Clone + Send + Sync + 'static> SagaSteps<D> {
    pub fn call<C: CallBody>(self, name: Name, call: fn(&D) -> C, on_reply: fn(D, C::Answer) -> D) -> Self {
        self.step::<C>(name, Box::new(move |data| Some(body(&call(data)))), on_reply)
    }

    /// Called only where `call` gives a call.
    pub fn call_if<C: CallBody>(self, name: Name, call: fn(&D) -> Option<C>, on_reply: fn(D, C::Answer) -> D) -> Self {
        self.step::<C>(name, Box::new(move |data| call(data).as_ref().map(body)), on_reply)
    }

    fn step<C: CallBody>(mut self, name: Name, call: MakeCall<D>, on_reply: fn(D, C::Answer) -> D) -> Self {
        let on_reply = Box::new(move |data: D, answer: &str| Ok(on_reply(data, serde_json::from_str(answer)?)));
        let (to, call_name, within, owner_takes_part) = (C::TO, C::NAME, C::WITHIN, C::OWNER_TAKES_PART);
        self.calls.push((Step { name, to, call: call_name, within, owner_takes_part }, call, on_reply));
        self
    }

    pub fn then<A: Aggregate>(self, command: fn(D) -> Then<A>) -> Saga<D, A> {
        Saga { name: self.name, calls: self.calls, command, fallback: None }
    }
}

impl<D, A: Aggregate> Saga<D, A> {
    /// The declared fallback: what is committed when a call was refused, failed or came too late. Its holds are voided all the same.
    pub fn fallback(mut self, fallback: fn(D) -> Then<A>) -> Self {
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
    fn call(&self, step: usize, data: &Erased) -> Option<String>;
    fn on_reply(&self, step: usize, data: &Erased, answer: &str) -> Result<Erased, serde_json::Error>;
    fn command(&self, data: &Erased) -> Option<AddressedCommand>;
    fn fallback(&self, data: &Erased) -> Option<AddressedCommand>;
    /// Whether a refusal by a callee is not the answer, because the fallback is committed then.
    fn has_fallback(&self) -> bool;
}

impl<D: Clone + Send + Sync + 'static, A: Aggregate> SagaPlan for Saga<D, A> {
    fn name(&self) -> Name {
        self.name
    }
    fn kind(&self) -> Name {
        A::KIND
    }
    fn steps(&self) -> Vec<Step> {
        self.calls.iter().map(|(step, ..)| *step).collect()
    }
    fn call(&self, step: usize, data: &Erased) -> Option<String> {
        self.calls[step].1(typed(data, self.name))
    }
    fn on_reply(&self, step: usize, data: &Erased, answer: &str) -> Result<Erased, serde_json::Error> {
        let data = typed::<D>(data, self.name).clone();
        Ok(Arc::new(self.calls[step].2(data, answer)?))
    }
    fn command(&self, data: &Erased) -> Option<AddressedCommand> {
        (self.command)(typed::<D>(data, self.name).clone()).addressed()
    }
    fn fallback(&self, data: &Erased) -> Option<AddressedCommand> {
        self.fallback?(typed::<D>(data, self.name).clone()).addressed()
    }
    fn has_fallback(&self) -> bool {
        self.fallback.is_some()
    }
}
