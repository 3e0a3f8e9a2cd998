//! A call that is done belongs to a committed ticket, one that is void to none: no call is left between the two.
use super::super::broken::{Lived, ensure};
use super::super::service::index;
use super::super::world::World;
use super::states::reader;
use kernel::CallRecord;

pub fn check(world: &mut World<'_>) -> Lived {
    for at in 0..world.services.len() {
        let Some(reader) = reader(world, at) else { continue };
        for (key, record) in reader.calls()? {
            let committed = world.services[index(&world.of.system, &key.caller)].commitments.contain(key.ticket);
            let done = matches!(record, CallRecord::Done { .. });
            world.counts.voided += u64::from(!done);
            let what = || {
                let wrong = if done { "is done and was not committed" } else { "is void and was committed" };
                format!("{}: call {} {}.{} {wrong}", world.name(at), key.caller, key.ticket, key.step)
            };
            ensure(done == committed, "calls", what)?;
        }
    }
    Ok(())
}
