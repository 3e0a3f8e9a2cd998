//! A break is accepted when it is listed with a reason, in a version that may take promises back.
use contract::{Breaks, Difference, Release};

const PAGE: &str = "# Breaks\n\nWords.\n\n## 2.0.0\n\n- taxi: POST /catches: the answer lost field `price` — the driver names it, never the customer\n";

fn lost(field: &str) -> Difference {
    Difference { breaks: true, sentence: format!("POST /catches: the answer lost field `{field}`") }
}

fn judged(system: &str, now: &str, changelog: &str, differences: &[Difference]) -> Result<(), String> {
    Release { system, now, changelog }.refuses(differences, &Breaks::read(PAGE).expect("a page"))
}

#[test]
fn what_does_not_break_needs_no_decision() {
    let harmless = Difference { breaks: false, sentence: "GET /x is new".into() };
    assert_eq!(judged("taxi", "1.0.1", "## [1.0.0]", &[harmless]), Ok(()));
}

#[test]
fn a_break_that_is_listed_with_a_reason_is_accepted() {
    assert_eq!(judged("taxi", "2.0.0", "## [Unreleased]\n## [1.9.0] - 2026-01-01", &[lost("price")]), Ok(()));
    assert_eq!(judged("taxi", "2.0.0", "## [Unreleased]", &[lost("price")]), Ok(()));
}

#[test]
fn a_break_that_is_not_listed_is_refused_with_the_line_that_is_wanted() {
    let line = Err("## 2.0.0\n\n- taxi: POST /catches: the answer lost field `fare` — ".to_string());
    assert_eq!(judged("taxi", "2.0.0", "", &[lost("price"), lost("fare")]), line);
}

#[test]
fn a_line_is_for_one_system_and_one_version() {
    assert!(judged("stay", "2.0.0", "", &[lost("price")]).is_err());
    assert!(judged("taxi", "3.0.0", "", &[lost("price")]).is_err());
}

#[test]
fn one_line_may_stand_for_several() {
    let page = Breaks::read(
        "## 2.0.0\n- taxi: POST /…: the … lost field `price`… — the driver names it, never the customer\n",
    );
    let (page, listed) = (page.expect("a page"), Release { system: "taxi", now: "2.0.0", changelog: "" });
    assert_eq!(listed.refuses(&[lost("price")], &page), Ok(()));
    assert!(listed.refuses(&[lost("fare")], &page).is_err());
    assert!(
        listed
            .refuses(&[Difference { breaks: true, sentence: "GET /x: the answer lost field `price`".into() }], &page)
            .is_err()
    );
    assert!(Release { system: "stay", ..listed }.refuses(&[lost("price")], &page).is_err());
    let ended = Breaks::read("## 2.0.0\n- taxi: POST /catches: …`price` — the driver names it, never the customer\n")
        .expect("a page");
    assert_eq!(listed.refuses(&[lost("price")], &ended), Ok(()));
    assert!(listed.refuses(&[lost("prices")], &ended).is_err());
}

#[test]
fn a_released_promise_is_kept_until_the_next_major_version() {
    let kept = Err("2.0.0 was released: its promises are kept until 3.0.0".to_string());
    assert_eq!(judged("taxi", "2.0.0", "## [2.0.0] - 2026-01-01\n## [1.0.0]", &[lost("price")]), kept);
    let page = Breaks::read("## 0.2.0\n- taxi: GET /x is gone — nobody asked for it\n").expect("a page");
    let gone = [Difference { breaks: true, sentence: "GET /x is gone".into() }];
    let at = |changelog| Release { system: "taxi", now: "0.2.0", changelog }.refuses(&gone, &page);
    assert_eq!(at("## [0.1.9]"), Ok(()));
    assert_eq!(at("## [0.2.0]"), Err("0.2.0 was released: its promises are kept until 0.3.0".to_string()));
}

#[test]
fn a_reason_is_a_sentence() {
    for line in ["- taxi: GET /x is gone", "- taxi: GET /x is gone — ", "- taxi: GET /x is gone — not needed any"] {
        let read = Breaks::read(&format!("## 2.0.0\n{line}\n"));
        assert!(read.is_err(), "{line}");
    }
    assert!(Breaks::read("- before any version, this is prose").is_ok());
}
