//! Faults that are injected on purpose, so that the simulation can show that it finds them. Faults of the network, of a store or of a
//! system's rules are injected from outside by a decorator; these are in the machine's own rules, where no decorator reaches.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InjectedFault {
    #[default]
    None,
    /// The machine applies events again when they are delivered again.
    DedupDropped,
    /// After a crash, the machine answers late calls of tickets in doubt.
    NoFence,
    /// The machine tells the settled mark before it is durable.
    SettledTooEarly,
    /// The machine calls a context that has still to void what an owner before has called there.
    CallsWhileInDoubt,
    /// The machine passes over events that its release does not know.
    UnknownEventSkipped,
    /// The machine lets anybody change what is another's.
    PermissionIgnored,
    /// The machine does not hand on whose request an event belongs to.
    OwnerForgotten,
}
