//! Clients' requests: repeats, stale tags, commands and what waits for a thing to change.
use super::asking::Running;
use super::decide::{Cause, No, Outcome, Stage};
use super::present::{Staged, StateKey};
use super::{Machine, unavailable};
use crate::message::{Answer, Ask, Failure, Question, Reply};
use crate::store::{Result, Store};
use kernel::{
    Action, AddressedCommand, ErasedRequest, Id, Reason, ReasonClass, Route, StoredAnswer, Success, Texts, Timestamp,
};
use std::sync::Arc;

/// The row has changed since the client read it.
pub static STALE: Reason = Reason {
    code: "stale-version",
    class: ReasonClass::Stale,
    waits: false,
    en: Texts {
        happened: "The thing has changed since you read it.",
        advice: "Read it again, then decide whether the change still fits.",
    },
    ko: Texts {
        happened: "읽은 뒤에 내용이 바뀌었습니다.", advice: "다시 읽고 변경할지 판단해 주세요."
    },
};

/// The key was used for another body.
pub static KEY_REUSED: Reason = Reason {
    code: "idempotency-key-reused",
    class: ReasonClass::KeyReused,
    waits: false,
    en: Texts {
        happened: "This Idempotency-Key was used with another body.",
        advice: "Use a new key for a new request.",
    },
    ko: Texts {
        happened: "이 Idempotency-Key는 다른 내용으로 이미 쓰였습니다.",
        advice: "새 요청에는 새 키를 써 주세요.",
    },
};

/// In place of a form: a body that fits none. Its key may know another body all the same, and then that is what is said.
pub struct Unfit(pub &'static Reason);

/// A repeatable request under way: who else waits for its answer.
pub struct InFlight {
    digest: u64,
    also: Vec<u64>,
}

/// What can't be decided yet.
pub enum Waiting {
    Request { ask: Ask, claim: bool },
    Question { question: Question },
}

impl Waiting {
    pub fn until(&self) -> Timestamp {
        match self {
            Waiting::Request { ask, .. } => ask.deadline,
            Waiting::Question { question } => question.deadline,
        }
    }

    pub fn waits_for_claim(&self) -> bool {
        matches!(self, Waiting::Request { claim: true, .. })
    }
}

impl Machine {
    pub(super) fn ask(&mut self, store: &dyn Store, ask: Ask) -> Result<()> {
        if self.repeats(store, &ask)? {
            return Ok(());
        }
        self.admitted(store, ask)
    }

    /// Whether the answer is known, or on its way, or can't be given under this key.
    fn repeats(&mut self, store: &dyn Store, ask: &Ask) -> Result<bool> {
        let Some(repeat) = &ask.idempotency else { return Ok(false) };
        let (name, key) = (self.route_name(ask.route), repeat.key.clone());
        if let Some(first) = self.in_flight.get_mut(&(ask.route, key.clone())) {
            if first.digest == repeat.digest {
                first.also.push(ask.token);
            } else {
                self.reply(ask.token, Err(Failure::Refused(&KEY_REUSED)));
            }
            return Ok(true);
        }
        let stored = match self.answers_ahead.get(&(name.clone(), key.clone())) {
            Some(answer) => Some(answer.clone()),
            None => store.answer(&name, &key)?.map(Arc::new),
        };
        let fresh = |stored: &Arc<StoredAnswer>| stored.at.plus_ms(self.limits.idempotency_ms()) > self.now;
        match stored.filter(fresh) {
            Some(stored) if stored.digest == repeat.digest => {
                let answer = serde_json::from_str(&stored.answer);
                self.reply(ask.token, answer.map_err(|_| unavailable("the stored answer", 1000)));
                Ok(true)
            }
            Some(_) => {
                self.reply(ask.token, Err(Failure::Refused(&KEY_REUSED)));
                Ok(true)
            }
            None => {
                self.in_flight.insert((ask.route, key), InFlight { digest: repeat.digest, also: vec![] });
                Ok(false)
            }
        }
    }

    fn route_name(&self, route: usize) -> String {
        let route = &self.context().routes[route];
        format!("{} {}", route.method, route.path)
    }

    fn admitted(&mut self, store: &dyn Store, ask: Ask) -> Result<()> {
        if let Some(Unfit(reason)) = ask.form.downcast_ref() {
            self.finish(&ask, Err(Failure::Refused(reason)));
            return Ok(());
        }
        let system = self.system.clone();
        let route = &system.contexts[self.me].routes[ask.route];
        if self.low_disk && route.success != Success::Read {
            self.finish(&ask, Err(unavailable("disk space", 10_000)));
            return Ok(());
        }
        let (id, at) = (ask.id.unwrap_or(self.next), self.now);
        let form = ask.form.clone();
        match &route.action {
            Action::Reads(answer) => {
                let told = self.at_home(store, &Staged::default(), |local| {
                    answer(&ErasedRequest { id, body: &form, local, at })
                })?;
                let reply = said(told).map(|body| self.telling(id, body));
                self.finish(&ask, reply);
            }
            Action::Commands(command) => {
                match said(self.at_home(store, &Staged::default(), |local| {
                    command(&ErasedRequest { id, body: &form, local, at })
                })?) {
                    Err(failure) => self.finish(&ask, Err(failure)),
                    Ok(None) => self.as_it_is(store, &ask, route, id)?,
                    Ok(Some(addressed)) => self.command(store, ask, route, addressed)?,
                }
            }
            Action::Starts { plan, form: fill } => match said(
                self.at_home(store, &Staged::default(), |local| fill(&ErasedRequest { id, body: &form, local, at }))?,
            ) {
                Err(failure) => self.finish(&ask, Err(failure)),
                Ok(form) => self.start(store, ask, plan.as_ref(), form)?,
            },
        }
        Ok(())
    }

    fn command(&mut self, store: &dyn Store, ask: Ask, route: &Route, addressed: AddressedCommand) -> Result<()> {
        let target = (addressed.kind, addressed.id);
        if self.stale(store, &ask, route, addressed.id)? {
            self.finish(&ask, Err(Failure::Refused(&STALE)));
            return Ok(());
        }
        let mut stage = self.stage();
        let cause = Cause { at: Timestamp::default(), meta: ask.meta.clone() };
        match self.decide(store, &mut stage, addressed, &cause)? {
            Err(No::Refused(reason)) if reason.waits => self.wait(target, Waiting::Request { ask, claim: false }),
            Err(no) => self.finish(&ask, Err(failure(no))),
            Ok(Outcome { events: 0 }) => self.as_it_is(store, &ask, route, target.1)?,
            Ok(_) => {
                if target.1 == self.next {
                    self.next.0 += 1;
                }
                self.succeed(store, stage, &ask, route, target.1)?;
            }
        }
        Ok(())
    }

    /// Keeps the stage with its answer; the answer leaves when both are durable.
    pub(super) fn succeed(
        &mut self,
        store: &dyn Store,
        mut stage: Stage,
        ask: &Ask,
        route: &Route,
        id: Id,
    ) -> Result<()> {
        let answer = self.answer(store, &stage, route, id)?;
        if let Some(repeat) = &ask.idempotency {
            let (route, key) = (self.route_name(ask.route), repeat.key.clone());
            let text = serde_json::to_string(&answer).expect("an answer is plain data").into();
            stage.commit.answers.push(StoredAnswer { route, key, digest: repeat.digest, at: self.now, answer: text });
        }
        self.keep(stage);
        self.finish(ask, Ok(answer));
        Ok(())
    }

    /// It is so already: the answer is the row as it stands, and nothing is done.
    pub(super) fn as_it_is(&mut self, store: &dyn Store, ask: &Ask, route: &Route, id: Id) -> Result<()> {
        let stage = self.stage();
        if ask.idempotency.is_some() {
            return self.succeed(store, stage, ask, route, id);
        }
        let answer = self.answer(store, &stage, route, id)?;
        self.finish(ask, Ok(answer));
        Ok(())
    }

    fn answer(&mut self, store: &dyn Store, stage: &Stage, route: &Route, id: Id) -> Result<Answer> {
        let table = self.context().tables().position(|collection| collection.name == route.collection);
        let row = match table {
            Some(table) => self.present.row(&stage.staged, store, (table, id))?.row,
            None => None,
        };
        let (body, history) = row.as_ref().map(|row| (row.body.clone(), row.history.clone())).unwrap_or_default();
        Ok(Answer {
            done: route.success,
            id,
            body,
            history,
            etag: row.map_or(0, |row| row.change),
            position: stage.position,
        })
    }

    fn telling(&self, id: Id, body: String) -> Answer {
        Answer {
            done: Success::Read,
            id,
            body: Some(body.into()),
            history: None,
            etag: 0,
            position: self.head.position,
        }
    }

    pub(super) fn stale(&mut self, store: &dyn Store, ask: &Ask, route: &Route, id: Id) -> Result<bool> {
        let Some(wanted) = &ask.if_match else { return Ok(false) };
        let Some(table) = self.context().tables().position(|c| c.name == route.collection) else { return Ok(false) };
        let row = self.present.row(&Staged::default(), store, (table, id))?.row;
        Ok(row.is_some_and(|row| !wanted.contains(&row.change)))
    }

    /// The answer, to whoever asked and to whoever asked the same meanwhile.
    pub(super) fn finish(&mut self, ask: &Ask, reply: Reply) {
        let first = ask.idempotency.as_ref().and_then(|repeat| self.in_flight.remove(&(ask.route, repeat.key.clone())));
        for token in first.into_iter().flat_map(|first| first.also) {
            self.reply(token, reply.clone());
        }
        self.reply(ask.token, reply);
    }

    pub(super) fn wait(&mut self, target: StateKey, waiting: Waiting) {
        self.waiting.entry(target).or_default().push(waiting);
    }

    pub(super) fn try_again(&mut self, store: &dyn Store, waiting: Waiting) -> Result<()> {
        match waiting {
            Waiting::Request { ask, .. } if ask.deadline <= self.now => {
                self.finish(&ask, Err(unavailable("a decision under way", 1000)));
                Ok(())
            }
            Waiting::Request { ask, .. } => self.admitted(store, ask),
            Waiting::Question { question } => self.asked(store, question),
        }
    }

    pub(super) fn give_up_waiting(&mut self) {
        let now = self.now;
        let mut late = vec![];
        self.waiting.retain(|_, list| {
            late.extend(list.extract_if(.., |waiting| waiting.until() <= now));
            !list.is_empty()
        });
        for waiting in late {
            if let Waiting::Request { ask, .. } = waiting {
                self.finish(&ask, Err(unavailable("a decision under way", 1000)));
            }
        }
    }

    /// A thing is free again: who waited for it goes on.
    pub(super) fn release(&mut self, running: &Running) {
        if let Some(target) = running.target
            && self.claimed.get(&target) == Some(&running.ticket)
        {
            self.claimed.remove(&target);
            self.again.extend(self.waiting.remove(&target).into_iter().flatten());
        }
    }
}

pub(super) fn failure(no: No) -> Failure {
    match no {
        No::Refused(reason) => Failure::Refused(reason),
        No::Broke(what) => {
            tracing::error!(what, "a rule broke");
            unavailable("this request's rule", 1000)
        }
    }
}

fn said<T>(
    told: std::result::Result<std::result::Result<T, &'static Reason>, String>,
) -> std::result::Result<T, Failure> {
    match told {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(reason)) => Err(Failure::Refused(reason)),
        Err(broke) => Err(failure(No::Broke(broke))),
    }
}
