//! Conservation: over all contexts each account of each rule sums to zero, and each head's ledger is the sums of its states.
use super::at_rest::{StoreAtRest, SystemAtRest};
use super::doubt;
use super::report::{Report, What};
use crate::port::store::Result;
use crate::portions::slice::ValueSlice;
use crate::portions::stream;
use kernel::{Consumer, HOLDS, Id, Name, SubscriptionKey};
use std::collections::BTreeMap;

/// What each context adds to one account.
type Account = Vec<(Name, i128)>;
pub(super) type Accounts = ValueSlice<(Name, Id), Account>;

pub fn prove(at_rest: &SystemAtRest<'_>, report: &mut Report) -> Result<()> {
    if at_rest.stores.iter().any(|store| store.context.kinds.iter().any(|kind| store.reshaped(kind))) {
        return Ok(());
    }
    let excuses = Excuses { unread: unread(at_rest), moves: doubt::moves(at_rest)? };
    let mut next = Some(Accounts::first(at_rest.bounds.values_at_once));
    while let Some(mut accounts) = next {
        for store in &at_rest.stores {
            let sums = add(store, &mut accounts)?;
            if accounts.from.is_none() {
                compare_ledger(store, &sums, report);
            }
        }
        for ((rule, account), parts) in accounts.values() {
            even(at_rest, rule, account, parts, &excuses, report);
        }
        next = accounts.next();
    }
    Ok(())
}

/// One walk over a context's states: what they add to the accounts of this slice, and their sum for each rule.
pub(super) fn add(store: &StoreAtRest<'_>, accounts: &mut Accounts) -> Result<BTreeMap<Name, i128>> {
    let (context, mut sums) = (store.context, BTreeMap::new());
    for kind in context.kinds.iter().filter(|kind| context.ledger.iter().any(|entries| entries.kind == kind.name)) {
        for state in stream::states(store.reader, kind.name, Id(0)) {
            let (id, body) = state?;
            let Ok((state, _)) = kind.read_kept(&body) else { continue };
            for entry in context.entries(kind.name, id, &state) {
                *sums.entry(entry.rule).or_default() += i128::from(entry.amount);
                accounts.change((entry.rule, entry.account), Vec::new, |parts| {
                    part(parts, context.name, entry.amount.into());
                    0
                });
            }
        }
    }
    Ok(sums)
}

fn part(parts: &mut Account, context: Name, amount: i128) {
    match parts.iter_mut().find(|(name, _)| *name == context) {
        Some((_, sum)) => *sum += amount,
        None => parts.push((context, amount)),
    }
}

fn compare_ledger(store: &StoreAtRest<'_>, sums: &BTreeMap<Name, i128>, report: &mut Report) {
    let kept = |rule: &str| store.head.ledger.get(rule).copied().unwrap_or(0);
    let rules = sums.keys().copied().chain(store.head.ledger.keys().map(String::as_str));
    for rule in rules.collect::<std::collections::BTreeSet<&str>>() {
        let sum = sums.get(rule).copied().unwrap_or(0);
        if sum != kept(rule) {
            let text = format!("the ledger says {}, the states sum to {sum}", kept(rule));
            report.finding(What::Ledger, store.context.name, format!("ledger {rule}"), text);
        }
    }
}

/// What will still even an account.
struct Excuses {
    unread: bool,
    /// By undoing what is in doubt.
    moves: BTreeMap<(Name, Id), i128>,
}

fn even(at_rest: &SystemAtRest<'_>, rule: Name, account: Id, parts: &Account, excuses: &Excuses, report: &mut Report) {
    let sum: i128 = parts.iter().map(|(_, amount)| amount).sum();
    if sum == 0 {
        return;
    }
    let each: Vec<String> = parts.iter().map(|(context, amount)| format!("{context} {amount:+}")).collect();
    let says = at_rest.system.conserved.iter().find(|(name, _)| *name == rule).map_or("", |(_, says)| says);
    let (place, text) = (format!("{rule}/{account}"), format!("uneven by {sum:+} ({}): {says}", each.join(", ")));
    let what = if rule == HOLDS { What::Hold } else { What::Uneven };
    let moves = excuses.moves.get(&(rule, account)).copied().unwrap_or(0);
    let excuse = if sum + moves == 0 {
        "the next start voids it"
    } else if excuses.unread {
        "there are events to be read that may even it"
    } else {
        return report.finding(what, at_rest.system.name, place, text);
    };
    report.note(what, at_rest.system.name, place, format!("{text}; {excuse}"));
}

/// Whether a policy whose commands may move an account has still events to read.
fn unread(at_rest: &SystemAtRest<'_>) -> bool {
    let moves = |store: &&StoreAtRest<'_>| {
        !store.context.ledger.is_empty() || store.context.events().any(|event| event.published)
    };
    at_rest.stores.iter().filter(moves).any(|store| {
        store.context.policies.iter().any(|policy| {
            let read = store
                .head
                .positions
                .get(&SubscriptionKey { consumer: Consumer::Policies, source: policy.source.into() })
                .copied()
                .unwrap_or(0);
            at_rest.store(policy.source).is_some_and(|source| read < source.head.position)
        })
    })
}
