//! A group of commits: checked as a whole, then made durable as a whole.
use crate::disk::Contents;
use crate::store::ticket;
use crate::table::Rows;
use kernel::{Commit, Group};
use runtime::port::store::{Result, StoreError};
use std::collections::HashMap;

impl Contents {
    pub(crate) fn table(&self, name: &str) -> Result<&Rows> {
        self.tables.get(name).ok_or_else(|| {
            StoreError::Failed(format!("There is no table {name} in this store. Declare it when opening."))
        })
    }

    /// Finds everything that can be wrong, so that nothing can go wrong half way.
    pub(crate) fn check(&self, group: &Group) -> Result<()> {
        let mut position = self.log.len() as u64;
        let mut present = HashMap::new();
        for commit in &group.commits {
            for event in &commit.events {
                position += 1;
                follows(event.position, position)?;
            }
            for change in &commit.rows {
                let rows = self.table(&change.table)?;
                let here = present.entry((&*change.table, change.id)).or_insert_with(|| rows.get(change.id).is_some());
                rows.check(change, *here)?;
                *here = change.after.is_some();
            }
        }
        if group.head.position != position {
            return Err(StoreError::Failed(format!(
                "The group's head is at position {} but its log ends at {position}. Nothing was written.",
                group.head.position
            )));
        }
        Ok(())
    }

    pub(crate) fn apply(&mut self, group: &Group) {
        group.commits.iter().for_each(|commit| self.commit(commit));
        if let Some(before) = group.answers_before {
            self.answers.retain(|_, answer| answer.at >= before);
        }
        group.drop.iter().for_each(|table| drop(self.tables.remove(table)));
        self.head = group.head.clone();
    }

    fn commit(&mut self, commit: &Commit) {
        for event in &commit.events {
            self.log.push(event.clone());
            self.log_of.entry(event.key).or_default().push(event.position);
        }
        for state in &commit.states {
            if !self.states.contains_key(state.kind) {
                self.states.insert(state.kind.to_string(), Default::default());
            }
            self.states.get_mut(state.kind).map(|states| states.insert(state.id, state.body.clone()));
        }
        for change in &commit.rows {
            if let Some(rows) = self.tables.get_mut(&*change.table) {
                rows.change(change);
            }
        }
        self.calls.extend(commit.calls.iter().cloned());
        for (caller, below) in &commit.forget {
            let settled: Vec<_> = self
                .calls
                .range(ticket(caller, kernel::Id(0))..ticket(caller, *below))
                .map(|(k, _)| k.clone())
                .collect();
            settled.iter().for_each(|key| drop(self.calls.remove(key)));
        }
        for answer in &commit.answers {
            self.answers.insert((answer.route.clone(), answer.key.clone()), answer.clone());
        }
        for (place, parked) in &commit.parked {
            match parked {
                Some(parked) => self.parked.insert(place.clone(), parked.clone()),
                None => self.parked.remove(place),
            };
        }
    }
}

fn follows(position: u64, expected: u64) -> Result<()> {
    if position == expected {
        return Ok(());
    }
    Err(StoreError::Failed(format!(
        "An event of the group has position {position} where {expected} is next. Nothing was written."
    )))
}
