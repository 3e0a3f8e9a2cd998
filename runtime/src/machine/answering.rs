//! Other contexts' questions: done once, remembered until they are settled, undone on request, also before they came.
use super::decide::{Cause, No, Stage};
use super::requests::Waiting;
use super::{Machine, Planted};
use crate::message::{Message, Question, Refused};
use crate::store::{Result, Store};
use kernel::{CallKey, CallRecord, Id, Parked, Reason, ReasonClass, Recorded, Texts, Timestamp};
use std::borrow::Cow;
use std::sync::Arc;

/// The question was voided before it could be answered; it will never be done.
pub static VOIDED: Reason = Reason {
    code: "voided",
    class: ReasonClass::Unavailable,
    waits: false,
    en: Texts {
        happened: "This request was given up before it could be answered.",
        advice: "Nothing was held or charged. Try again.",
    },
    ko: Texts {
        happened: "답을 받기 전에 취소된 요청입니다.",
        advice: "잡아 두거나 청구된 것은 없습니다. 다시 시도해 주세요.",
    },
};

impl Machine {
    fn called(&self, store: &dyn Store, key: &CallKey) -> Result<Option<CallRecord>> {
        match self.calls_ahead.get(key) {
            Some(called) => Ok(Some(called.clone())),
            None => store.call(key),
        }
    }

    fn fence(&self, caller: &str) -> Id {
        self.head.fences.get(caller).copied().unwrap_or_default()
    }

    pub(super) fn asked(&mut self, store: &dyn Store, question: Question) -> Result<()> {
        let (key, caller) = (question.key.clone(), question.key.caller.to_string());
        let answer = match self.called(store, &key)? {
            Some(CallRecord::Done { answer, .. }) => Ok(answer),
            Some(CallRecord::Void) => Err(Refused::By(&VOIDED)),
            None if key.ticket < self.fence(&caller) && self.planted != Planted::NoFence => Err(Refused::By(&VOIDED)),
            None if question.deadline <= self.now => return Ok(()),
            None => match self.act(store, &question)? {
                Some(answer) => answer,
                None => return Ok(()),
            },
        };
        self.forget_settled(&caller, question.settled);
        self.send(caller, Message::Answered { key, answer });
        Ok(())
    }

    /// `None`: it waits until the thing it asks for is decided.
    fn act(
        &mut self,
        store: &dyn Store,
        question: &Question,
    ) -> Result<Option<std::result::Result<Arc<str>, Refused>>> {
        let system = self.system.clone();
        let context = &system.contexts[self.me];
        let Some(how) = context.callees.iter().find(|answering| answering.call == question.call) else {
            return Ok(Some(Err(Refused::Unreachable)));
        };
        if let Some(provider) = context.provider.filter(|_| self.declining) {
            return Ok(Some(Err(Refused::By(provider.refusal))));
        }
        let Ok(addressed) = (how.act)(&question.body) else { return Ok(Some(Err(Refused::Unreachable))) };
        let (target, mut stage) = ((addressed.kind, addressed.id), self.stage());
        let cause = Cause { at: Timestamp::default(), meta: question.meta.clone() };
        match self.decide(store, &mut stage, addressed, &cause)? {
            Err(No::Refused(reason)) if reason.waits => {
                self.wait(target, Waiting::Question { question: question.clone() });
                return Ok(None);
            }
            Err(No::Refused(reason)) => return Ok(Some(Err(Refused::By(reason)))),
            Err(No::Broke(what)) => {
                tracing::error!(what, call = question.call, "a rule broke");
                return Ok(Some(Err(Refused::Unreachable)));
            }
            Ok(_) => {}
        }
        let state = self.present.state(&stage.staged, store, context, target.0, target.1)?;
        let state = state.unwrap_or_else(|| Arc::new(()));
        let answer: Arc<str> = (how.answer)(&state).into();
        let (call, body) = (Cow::Borrowed(how.call), question.body.clone());
        stage.commit.calls.push((question.key.clone(), CallRecord::Done { call, body, answer: answer.clone() }));
        self.keep(stage);
        Ok(Some(Ok(answer)))
    }

    /// What the caller has settled need not be remembered; late copies of it are turned away by the fence.
    fn forget_settled(&mut self, caller: &str, settled: Id) {
        if settled.0 < self.fence(caller).0 + self.limits.forget_tickets {
            return;
        }
        let mut stage = self.stage();
        stage.commit.forget.push((caller.to_string(), settled));
        self.keep(stage);
        self.calls_ahead.retain(|key, _| key.caller != caller || key.ticket >= settled);
        self.head.fences.insert(caller.to_string(), settled);
    }

    pub(super) fn undo(&mut self, store: &dyn Store, key: CallKey, settled: Id) -> Result<()> {
        let caller = key.caller.to_string();
        self.void(store, key.clone())?;
        self.forget_settled(&caller, settled);
        self.send(caller, Message::Undone { key });
        Ok(())
    }

    fn void(&mut self, store: &dyn Store, key: CallKey) -> Result<()> {
        let called = self.called(store, &key)?;
        if called == Some(CallRecord::Void) || (called.is_none() && key.ticket < self.fence(&key.caller)) {
            return Ok(());
        }
        let mut stage = self.stage();
        if let Some(CallRecord::Done { call, body, .. }) = &called {
            if let Err(no) = self.take_back_call(store, &mut stage, call, body)? {
                stage = self.stage();
                self.set_undo_aside(&mut stage, &key, call, body, no);
            }
        } else if self.planted == Planted::TombstoneForgotten {
            return Ok(());
        }
        stage.commit.calls.push((key, CallRecord::Void));
        self.keep(stage);
        Ok(())
    }

    fn take_back_call(
        &mut self,
        store: &dyn Store,
        stage: &mut Stage,
        call: &str,
        body: &str,
    ) -> Result<std::result::Result<(), No>> {
        let system = self.system.clone();
        let how = system.contexts[self.me].callees.iter().find(|answering| answering.call == call);
        let Some(addressed) = how.and_then(|how| (how.undo)(body).ok()) else {
            return Ok(Err(No::Broke(format!("nobody knows how to undo \"{call}\""))));
        };
        Ok(self.decide(store, stage, addressed, &Cause::default())?.map(|_| ()))
    }

    /// An operator has it tried again.
    pub(super) fn undo_again_by_hand(
        &mut self,
        store: &dyn Store,
        stage: &mut Stage,
        parked: &Recorded,
    ) -> Result<std::result::Result<(), String>> {
        let (call, body): (String, String) = serde_json::from_str(&parked.body).unwrap_or_default();
        Ok(self.take_back_call(store, stage, &call, &body)?.map_err(why))
    }

    /// An undo can't be refused: one that is stands in the way of rest and must be seen.
    fn set_undo_aside(&mut self, stage: &mut Stage, key: &CallKey, call: &str, body: &str, no: No) {
        let reason = why(no);
        tracing::error!(caller = %key.caller, ticket = key.ticket.0, reason, "an undo could not be done");
        let event = Arc::new(Recorded {
            position: key.ticket.0,
            event_id: self.event_id(self.now),
            event_type: "Undo".into(),
            version: 1,
            published: false,
            kind: "call".into(),
            id: key.ticket,
            key: key.ticket,
            at: self.now,
            meta: Default::default(),
            body: serde_json::to_string(&(call, body)).unwrap_or_default().into(),
            value: None,
        });
        let order = self.aside.next_order();
        let parked = Parked {
            key: key.ticket,
            order,
            event_type: "Undo".into(),
            reason,
            attempts: 1,
            retry_at: None,
            since: self.now,
            event,
        };
        self.aside.put(("undo".into(), key.caller.to_string(), key.ticket.0), parked.clone());
        stage.commit.parked.push((("undo".into(), key.caller.to_string(), key.ticket.0), Some(parked)));
    }

    pub(super) fn void_range(
        &mut self,
        store: &dyn Store,
        caller: String,
        from: Id,
        to: Id,
        kept: &[Id],
    ) -> Result<()> {
        let ahead =
            self.calls_ahead.keys().filter(|key| key.caller == caller && (from..to).contains(&key.ticket)).cloned();
        let mut doomed: Vec<CallKey> = store.calls(&caller, from, to)?.into_iter().chain(ahead).collect();
        doomed.sort();
        doomed.dedup();
        for key in doomed.into_iter().filter(|key| !kept.contains(&key.ticket)) {
            self.void(store, key)?;
        }
        let fence = self.fence(&caller).max(to);
        self.head.fences.insert(caller.clone(), fence);
        self.dirty_head = true;
        let by = self.context().name.to_string();
        self.send(caller, Message::RangeVoided { by, to });
        Ok(())
    }
}

fn why(no: No) -> String {
    match no {
        No::Refused(reason) => format!("the undo was refused: {}", reason.code),
        No::Broke(what) => what,
    }
}
