//! Texts are Unicode and come back byte for byte; what says nothing is missing; what is no text is 400.
use crate::promises::taxi::{is_empty, taxi, trip_with};
use process::{Nadul, ServerProcess};
use serde_json::json;

#[test]
fn a_text_is_unicode_and_comes_back_as_it_was() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    what_is_empty_or_blank_is_missing_and_what_is_no_text_is_400(&server);
    a_text_has_a_thousand_characters_at_most_whatever_their_bytes(&server);
    a_text_comes_back_byte_for_byte(&server);
    an_escape_is_the_character_it_stands_for(&server);
    unknown_fields_are_ignored_and_so_are_an_id_and_a_status_of_what_is_made(&server);
    a_number_names_a_person_by_its_digits(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn what_is_empty_or_blank_is_missing_and_what_is_no_text_is_400(server: &ServerProcess) {
    for (text, code) in [
        (r#""""#, "missing"),
        (r#"" ""#, "missing"),
        (r#""\t\r\n""#, "missing"),
        ("\"\u{3000}\u{a0}\"", "missing"),
        (r#""\u3164""#, "missing"),
        (r#""\u200b\ufeff\u2800""#, "missing"),
        ("null", "missing"),
        ("5", "type"),
        ("5.5", "type"),
        ("true", "type"),
        (r#"["a"]"#, "type"),
        (r#"{"a":1}"#, "type"),
        (r#""a\u0000b""#, "character"),
        (r#""\u0000""#, "character"),
        (r#""\ud83d""#, "type"),
    ] {
        let names_nobody = |field: &&str| text != "5" || *field != "customer"; // a number names a person by its digits
        for field in ["startingPoint", "destination", "customer"].into_iter().filter(names_nobody) {
            let others = ["startingPoint", "destination", "customer"].into_iter().filter(|other| *other != field);
            let others: String = others.map(|other| format!(",\"{other}\":\"x\"")).collect();
            let body = format!("{{\"price\":5,\"{field}\":{text}{others}}}");
            let refused = server.request_with("POST", "/catches", &[], &body);
            refused.expect_problem(400, "invalid-fields");
            let error = &refused.json()["errors"][0];
            assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)), "{text}");
        }
    }
    server.post("/catches", &json!({ "price": 5 })).expect_problem(400, "invalid-fields");
    is_empty(server);
}

fn a_number_names_a_person_by_its_digits(server: &ServerProcess) {
    let placed = server.post("/catches", &trip_with("customer", 7181));
    assert_eq!(placed.expect_status(201)["customer"], "7181");
    let found = server.get("/catches?customer=7181");
    assert_eq!(found.expect_status(200)["page"]["totalElements"], 1);
}

fn a_text_has_a_thousand_characters_at_most_whatever_their_bytes(server: &ServerProcess) {
    for letter in ["a", "가", "😀"] {
        server.post("/catches", &trip_with("destination", letter.repeat(1000))).expect_status(201);
        let refused = server.post("/catches", &trip_with("destination", letter.repeat(1001)));
        refused.expect_problem(400, "invalid-fields");
        assert_eq!(refused.json()["errors"][0]["code"], "length");
    }
    assert_eq!(server.rows("catches").len(), 3);
}

fn a_text_comes_back_byte_for_byte(server: &ServerProcess) {
    let long = "가".repeat(1000);
    for text in [
        "서울역",
        "\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}", // as some systems take a syllable apart
        "👩‍👩‍👧‍👦 🇰🇷 😀",
        " leading and trailing ",
        "a\"b\\c/d\n\t\u{1}",
        "<script>&amp;</script>",
        "\u{202e}rtl \u{feff}bom",
        "';DROP TABLE catches;--",
        &long,
    ] {
        let made = server.post("/catches", &trip_with("destination", text));
        assert_eq!(made.expect_status(201)["destination"], text);
        assert_eq!(server.get(made.header("location")).json()["destination"], text);
        let shown = server.wait_for_text(&format!("/myPages/{}", made.id()), "history").json();
        assert_eq!(shown["destination"], text);
    }
}

fn an_escape_is_the_character_it_stands_for(server: &ServerProcess) {
    let body = r#"{"price":5,"startingPoint":"\uc11c\uc6b8 \ud83d\ude00","destination":"\u0061","customer":"kim"}"#;
    let made = server.request_with("POST", "/catches", &[], body).expect_status(201);
    assert_eq!((&made["startingPoint"], &made["destination"]), (&json!("서울 😀"), &json!("a")));
}

fn unknown_fields_are_ignored_and_so_are_an_id_and_a_status_of_what_is_made(server: &ServerProcess) {
    let mut sent = trip_with("price", 5);
    for (name, value) in
        [("id", json!(4711)), ("matchId", json!(4711)), ("status", json!("Cancel")), ("color", json!({ "deep": [1] }))]
    {
        sent[name] = value;
    }
    let made = server.post("/catches", &sent);
    let row = made.expect_status(201);
    assert!(row["id"] != 4711 && row["matchId"] == row["id"] && row["status"] == "approve", "{row}");
    assert!(row.get("color").is_none());
    server.get("/catches/4711").expect_problem(404, "unknown-id");
    sent["status"] = json!({ "not": "even a text" });
    server.post("/catches", &sent).expect_status(201);
}
