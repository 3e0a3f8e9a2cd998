//! Faults injected on purpose, one at a time: a simulation that does not find them proves nothing.
use super::clients::{many_drivers, simulation, simulation_of, two_releases};
use super::eager;
use kernel::{Aggregate as _, Settings, System, nothing};
use taxi::catch::{self, Catch};
use taxi::payment::Published;
use taxi::pickup::{self, Pickup};
use testkit::exchange::Exchange;
use testkit::simulation::ProtocolFault;
use testkit::{finds, finds_ownership_faults, finds_protocol_faults, finds_topic_faults};

fn taxi() -> System {
    taxi::system(&Settings::defaults(taxi::SETTINGS))
}

finds_protocol_faults!(simulation());
finds_ownership_faults!(simulation());
finds_topic_faults!(simulation());

finds! {
    an_owner_without_its_lease_that_decides: many_drivers().inject(ProtocolFault::StaleOwnerAnswers), within 4000;
}

finds! {
    a_change_of_what_is_another_s: simulation().with_people().inject(ProtocolFault::PermissionIgnored), within 200;
    a_stream_that_ignores_whose_rows_are: simulation().with_people().inject(ProtocolFault::FollowsAllRows), within 200;
    a_request_that_belongs_to_nobody: simulation().with_people().inject(ProtocolFault::OwnerForgotten), within 200;
}

finds! {
    an_event_that_an_older_release_passes_over: two_releases().inject(ProtocolFault::UnknownEventSkipped), within 200;
}

finds! {
    money_said_to_be_paid_while_it_is_only_held: simulation_of(eager::system()), within 200;
    two_drivers_on_one_request: simulation_of(two_drivers()), within 200;
    a_cancel_that_is_not_refunded: simulation_of(not_refunded()), within 200;
    a_request_listed_after_its_cancel: simulation_of(listed_again()), within 200;
    a_match_that_revives_a_cancelled_request: simulation_of(revived()), within 200;
}

fn two_drivers() -> System {
    taxi().with_rule::<Pickup>(|pickup, command| match (command, pickup) {
        (pickup::Command::Pick { match_id, driver }, Pickup::Taken { ride, .. }) => {
            Ok(vec![pickup::Event::PickupAssigned { match_id, driver, customer: ride.customer.clone() }])
        }
        (command, pickup) => pickup.decide(command),
    })
}

fn not_refunded() -> System {
    taxi().with_policy::<catch::Published, payment::Payment<Published>>(|event, rest| match event {
        catch::Published::CatchCancelled { .. } => nothing(),
        requested @ catch::Published::CatchRequested(_) => rest(requested),
    })
}

fn listed_again() -> System {
    taxi().with_rule::<Pickup>(|pickup, command| match (command, pickup) {
        (pickup::Command::List(ride), Pickup::Closed) => Ok(vec![pickup::Event::RequestListed(ride)]),
        (command, pickup) => pickup.decide(command),
    })
}

fn revived() -> System {
    taxi().with_rule::<Catch>(|catch, command| match (command, catch) {
        (catch::Command::Reopen | catch::Command::Assign { .. }, Catch::Cancelled(trip)) => {
            Ok(vec![catch::Event::CatchRequested(trip.clone())])
        }
        (command, catch) => catch.decide(command),
    })
}

/// A test that fails reports the few things that matter, in the system's own names.
#[test]
fn a_failing_lifetime_is_reported_short() {
    simulation_of(not_refunded()).reports_short(&["POST /catches", "PATCH /catches/{id}", "CatchCancelled"]);
}
