//! What is still held was committed for, what was given up is void: no call is left between the two.
use super::super::broken::{Lived, ensure};
use super::super::service::index;
use super::super::world::World;
use super::states::reader;
use kernel::CallRecord;

pub fn check(world: &mut World<'_>) -> Lived {
    for at in 0..world.services.len() {
        let Some(reader) = reader(world, at) else { continue };
        for (key, called) in reader.calls()? {
            let committed = world.services[index(&world.of.system, &key.caller)].committed.contains(&key.ticket);
            let done = matches!(called, CallRecord::Done { .. });
            world.counts.voided += u64::from(!done);
            let what = || {
                let words = if done { "is done and was not committed" } else { "is void and was committed" };
                format!("{} answered {} {}.{}, which {words}", world.name(at), key.caller, key.ticket, key.step)
            };
            ensure(done == committed, "calls", what)?;
        }
    }
    Ok(())
}
