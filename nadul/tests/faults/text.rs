//! Text comes back byte for byte on every path: row, list, view, message, stream, log, and out of a backup.
use crate::faults::wait::proved;
use crate::trip::catch;
use process::{EventStream, Nadul, ServerProcess, embedded_only};
use serde_json::{Value, json};

const TEXTS: [&str; 10] = [
    "남영역 3번 출구",
    "🚕👨‍👩‍👧‍👦 가족",
    "e\u{301} é ﬁ ½",
    "\u{202e}أهلا\u{202c} שלום",
    "a\"b\\c/d\u{8}\u{c}\n\r\t\u{1}\u{7f}",
    "a\u{2028}b\u{2029}c\u{85}d\u{feff}e",
    "<script>alert('&amp;')</script>",
    " leading and trailing ",
    "'; DROP TABLE log; --",
    "data: x\n\nevent: deleted\nid: 9",
];

/// As a query writes it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn first(server: &ServerProcess<'_>, path: &str) -> Value {
    let answer = server.wait_for_count(path, 1);
    answer.rows()[0].clone()
}

#[track_caller]
fn is(row: &Value, text: &str) {
    assert_eq!((row["customer"].as_str(), row["startingPoint"].as_str()), (Some(text), Some(text)), "{row}");
}

fn hears(live: &EventStream, id: u64) -> Value {
    loop {
        let sent = live.next();
        if sent.data["id"] == id {
            return sent.data;
        }
    }
}

#[test]
fn text_comes_back_byte_for_byte_wherever_it_goes() {
    embedded_only!("it works on stores that are files");
    let nadul = Nadul::new();
    let server = nadul.serve(&["taxi", "--data", "data"]);
    let live = server.stream("/taxi/myPages", None);
    for text in TEXTS {
        let body = json!({ "price": 1, "startingPoint": text, "destination": text, "customer": text });
        let answer = server.post("/taxi/catches", &body);
        is(&answer.expect_status(201), text);
        let (id, of) = (answer.id(), format!("customer={}", encoded(text)));
        is(&server.get(&format!("/taxi/catches/{id}")).expect_status(200), text);
        for list in ["catches", "payments", "myPages"] {
            is(&first(&server, &format!("/taxi/{list}?{of}")), text);
        }
        is(&hears(&live, id), text);
        server.wait_for_text(&format!("/taxi/catchReqLists/{id}"), "destination");
        server.patch(&format!("/taxi/catches/{id}"), &json!({ "status": "Cancel" })).expect_status(200);
        let said = server.wait_until(&format!("/taxi/messages?{of}"), "a message", |answer| !answer.rows().is_empty());
        assert_eq!(said.rows()[0]["customer"], text);
    }
    server.wait_until_idle();
    let requested = |place| nadul.log(place).into_iter().filter(|event| event["eventType"] == "CatchRequested");
    requested("taxi/catch").zip(TEXTS).for_each(|(event, text)| is(&event, text));
    assert_eq!(requested("taxi/catch").count(), TEXTS.len());
    assert_eq!(server.run(&["backup", "copy", "--data", "data"]).code, Some(0));
    proved(server);
    let restored = nadul.serve(&["taxi", "--data", "copy"]);
    for text in TEXTS {
        is(&first(&restored, &format!("/taxi/myPages?customer={}", encoded(text))), text);
    }
    catch(&restored, "kim");
    restored.stop();
}
