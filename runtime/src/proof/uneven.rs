//! Which accounts break a conservation rule, of a system at work.
use super::at_rest::{Bounds, StoreAtRest};
use super::balance::{self, Accounts};
use crate::port::store::{Reader, Result, StoreError};
use kernel::{Context, Id, Name};
use std::sync::Arc;

/// An account that does not sum to zero, with what each context adds to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnevenAccount {
    pub account: Id,
    pub parts: Vec<(Name, i128)>,
}

impl UnevenAccount {
    pub fn amount(&self) -> i128 {
        self.parts.iter().map(|(_, amount)| amount).sum()
    }
}

/// The accounts of a rule that are uneven now, in order: at most so many, and whether there are more. They mean something only while
/// nothing is under way.
///
/// # Errors
/// A store can't be read; `Busy`: one has changed meanwhile.
pub fn uneven_accounts(
    readers: &[(&Context, Arc<dyn Reader>)],
    rule: Name,
    at_most: usize,
) -> Result<(Vec<UnevenAccount>, bool)> {
    let open = || {
        let stores = readers
            .iter()
            .map(|(context, reader)| Ok(StoreAtRest { context, reader: reader.as_ref(), head: reader.head()? }));
        stores.collect::<Result<Vec<StoreAtRest<'_>>>>()
    };
    let (stores, mut found) = (open()?, vec![]);
    let mut next = Some(Accounts::starting_at((rule, Id(0)), Bounds::default().values_at_once));
    while let Some(mut accounts) = next
        && found.len() <= at_most
    {
        for store in &stores {
            balance::add(store, &mut accounts)?;
        }
        let of_rule = accounts.values().filter(|((of, _), _)| *of == rule);
        let all = of_rule.map(|((_, account), parts)| UnevenAccount { account, parts: parts.clone() });
        found.extend(all.filter(|account| account.amount() != 0));
        next = accounts.next().filter(|slice| slice.from.is_some_and(|(of, _)| of == rule));
    }
    if open()?.iter().zip(&stores).any(|(now, then)| now.head.group != then.head.group) {
        return Err(StoreError::Busy("The stores have changed meanwhile. Ask again.".into()));
    }
    let are_more = found.len() > at_most;
    found.truncate(at_most);
    Ok((found, are_more))
}
