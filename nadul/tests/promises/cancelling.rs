//! Cancelling asks the context that may already have finished: complete 409; down 503, and nothing changes.
use crate::five::{ASKING, LONG_TIMEOUTS, in_these};

#[test]
fn what_is_complete_is_not_cancelled_and_what_is_cancelled_is_not_completed() {
    in_these(&ASKING, &LONG_TIMEOUTS, |server, system| {
        let step = system.fulfilment.as_ref().expect("a cancel of it asks");
        let id = system.place_and_serve(server, "kim");
        (step.complete)(id).send(&server.client()).expect_status(200);
        assert_eq!((system.cancel)(id).send(&server.client()).status, 409);
        server.wait_until_idle_in(system.name);
        assert_eq!((system.cancel)(id).send(&server.client()).status, 409);
        assert_eq!(system.row(server, step.collection, id)[step.field], step.completed);
        assert_eq!(system.payment(server, id), system.payment_status.approved);
        let id = system.place_and_serve(server, "kim");
        system.cancels(server, id);
        assert_eq!((step.complete)(id).send(&server.client()).status, 409);
        server.wait_until_idle_in(system.name);
        assert_eq!((step.complete)(id).send(&server.client()).status, 409);
        assert_eq!(system.row(server, step.collection, id)[step.field], step.cancelled);
        assert_eq!(system.status(server, id), system.request_status.cancelled);
    });
}

#[test]
fn while_the_asked_context_is_down_a_cancel_is_503_and_changes_nothing() {
    in_these(&ASKING, &LONG_TIMEOUTS, |server, system| {
        let step = system.fulfilment.as_ref().expect("a cancel of it asks");
        let (id, gone) = (system.place_and_serve(server, "kim"), system.place_and_serve(server, "kim"));
        system.cancels(server, gone);
        server.wait_until_idle_in(system.name);
        let paths = [(system.requests, id), ("payments", id), (system.views, id)];
        let before = paths.map(|(collection, id)| system.row(server, collection, id));
        server.stop_context(system.name, step.context);
        let away = (system.cancel)(id).send(&server.client());
        away.expect_problem(503, "unavailable");
        assert!(away.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{away:?}");
        assert_eq!(paths.map(|(collection, id)| system.row(server, collection, id)), before);
        system.cancels(server, gone); // the owner checks first: it is cancelled already
        if (system.cancel)(id).path.ends_with(&format!("/{id}")) {
            let tag = [("if-match", "\"0\"")];
            (system.cancel)(id).send_with(&server.client(), &tag).expect_problem(412, "stale-version");
            let repeated = (system.cancel)(gone).send_with(&server.client(), &tag);
            assert!(repeated.status < 300, "it has happened, whatever the tag: {repeated:?}");
        }
        server.start_context(system.name, step.context);
        server.wait_until_idle_in(system.name);
        assert_eq!(system.row(server, step.collection, id)[step.field], step.started);
        system.cancels(server, id);
        server.wait_until_idle_in(system.name);
        assert_eq!(system.row(server, step.collection, id)[step.field], step.cancelled);
    });
}
