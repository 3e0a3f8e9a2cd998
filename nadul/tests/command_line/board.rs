//! The board of taxi is a snapshot: a difference is a decision. Written anew with `NADUL_ACCEPT=1`, on purpose only.
use process::Nadul;

fn is_as_decided(format: &str, file: &str) {
    let said = Nadul::new().run(&["board", "taxi", "--format", format]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let path = format!("{}/tests/command_line/board/{file}", env!("CARGO_MANIFEST_DIR"));
    if crate::accept::is_wanted() {
        std::fs::write(&path, &said.out).expect("the snapshot can be written");
    }
    let decided = std::fs::read_to_string(&path).expect("the snapshot is there");
    assert_eq!(said.out, decided, "taxi's board has changed; if that is meant, write {file} anew");
}

#[test]
fn as_text() {
    is_as_decided("text", "taxi.txt");
}

#[test]
fn as_mermaid() {
    is_as_decided("mermaid", "taxi.mmd");
}

/// As every event-storming board draws them: who is asked answers, who hears does not.
#[test]
fn what_is_asked_is_solid_and_what_is_heard_is_dotted() {
    for system in ["taxi", "fruit", "call-taxi", "stay", "bookstore"] {
        let said = Nadul::new().run(&["board", system, "--format", "json"]);
        let board: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
        let mermaid = Nadul::new().run(&["board", system, "--format", "mermaid"]).out;
        for arrow in board["arrows"].as_array().expect("a board has arrows") {
            assert_eq!(arrow["line"], "dotted");
            for command in arrow["commands"].as_array().expect("a list") {
                let text = |value: &serde_json::Value| value.as_str().expect("a name").to_string();
                let (event, command, context) = (text(&arrow["event"]), text(command), text(&arrow["context"]));
                assert!(mermaid.contains(&format!("  {event} -. {command} .-> in_{context}\n")), "{mermaid}");
            }
        }
        let sagas = board["columns"].as_array().expect("columns").iter().flat_map(|column| column["sagas"].as_array());
        for saga in sagas.flatten() {
            assert_eq!(saga["line"], "solid");
            for ask in saga["asks"].as_array().expect("a list") {
                let (name, to) = (ask[0].as_str().expect("a name"), ask[1].as_str().expect("a context"));
                assert!(mermaid.contains(&format!(" -- {name} --> in_{to}\n")), "{mermaid}");
            }
        }
    }
}

#[test]
fn as_json() {
    is_as_decided("json", "taxi.json");
}

#[test]
fn who_stands_at_each_command_is_drawn_where_people_sign_in() {
    let drawn = |format| {
        let arguments = ["board", "taxi", "--format", format, "--set", "access.mode=local"];
        Nadul::new().run(&arguments).out
    };
    assert!(
        drawn("text").contains("people     driver: POST /pickUps · driver: DELETE /pickUps/{matchId}, own"),
        "{}",
        drawn("text")
    );
    let arrow = "role_customer -->|\"POST /catches\"| in_catch";
    assert!(drawn("mermaid").contains(arrow) && drawn("mermaid").contains("role_driver((driver)):::person"));
    assert!(!Nadul::new().run(&["board", "taxi"]).out.contains("people"), "in mode open there are no roles");
}
