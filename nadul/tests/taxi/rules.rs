//! What holds whatever goes wrong: payment failing, pickup down, a cancel against everything.
use crate::taxi::steps::{cancelled, listed, matched, pick, taxi};
use process::Nadul;
use serde_json::json;

#[test]
fn a_cancelled_request_is_never_revived() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    let (open, taken) = (listed(&server, "kim"), matched(&server, "lee", "park"));
    cancelled(&server, open);
    cancelled(&server, taken);
    pick(&server, open, "choi").expect_problem(409, "not-open");
    server.delete(&format!("/pickUps/{taken}")).expect_problem(404, "no-match");
    pick(&server, taken, "choi").expect_problem(409, "not-open");
    server.wait_until_idle();
    for id in [open, taken] {
        assert_eq!(server.get(&format!("/catches/{id}")).json()["status"], "Cancel");
        let approve = server.patch(&format!("/catches/{id}"), &json!({ "status": "approve" }));
        approve.expect_problem(409, "status-not-yours");
    }
    server.wait_for_count("/catchReqLists", 0);
}
