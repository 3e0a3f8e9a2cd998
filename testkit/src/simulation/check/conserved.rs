//! For each rule and account, the entries of all states of all contexts sum to zero; each context's running sums are what its states say.
use super::super::broken::{Lived, broken, ensure};
use super::super::world::World;
use super::states::each_state;
use std::collections::BTreeMap;

pub fn check(world: &World<'_>) -> Lived {
    let mut accounts: BTreeMap<(&str, u64), Vec<(&str, i64)>> = BTreeMap::new();
    for (at, context) in world.of.system.contexts.iter().enumerate() {
        let mut sums: BTreeMap<String, i128> = BTreeMap::new();
        each_state(world, at, |kind, id, (state, _), _| {
            for entry in context.entries(kind.name, id, state) {
                *sums.entry(entry.rule.to_string()).or_default() += i128::from(entry.amount);
                accounts.entry((entry.rule, entry.account.0)).or_default().push((context.name, entry.amount));
            }
            Ok(())
        })?;
        let Some(machine) = world.services[at].machine() else { continue };
        let ledger = machine.head().ledger.iter().filter(|(_, sum)| **sum != 0).map(|(rule, sum)| (rule.clone(), *sum));
        let ledger: BTreeMap<String, i128> = ledger.collect();
        sums.retain(|_, sum| *sum != 0);
        ensure(ledger == sums, "ledger", || format!("{}: {ledger:?} but its states say {sums:?}", context.name))?;
    }
    for ((rule, account), entries) in accounts {
        let stated = world.of.system.conserved.iter().find(|(name, _)| *name == rule);
        let Some((_, sentence)) = stated else { return broken("conserved", format!("{rule} is not stated")) };
        let sum: i128 = entries.iter().map(|(_, amount)| i128::from(*amount)).sum();
        ensure(sum == 0, "conserved", || format!("{rule} ({sentence}), account {account}: {entries:?}"))?;
    }
    Ok(())
}
