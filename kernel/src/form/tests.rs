//! A change says leave, take away or set; nothing else hears the difference between null and absence.
use super::*;

#[nadul_kernel_macros::form]
struct Change {
    #[form(min = 0)]
    stock: Edit<u64>,
    name: Option<String>,
}

fn read(sent: &str) -> Result<(Edit<u64>, Option<String>), Vec<Wrong>> {
    let fields = serde_json::from_str(sent).expect("an object");
    Change::read(&Body { fields, limits: Limits { text_chars_max: 9 } }).map(|change| (change.stock, change.name))
}

#[test]
fn absent_or_blank_leaves_null_takes_away_a_value_sets() {
    assert_eq!(read("{}"), Ok((Edit::Keep, None)));
    assert_eq!(read(r#"{"stock":" "}"#), Ok((Edit::Keep, None)));
    assert_eq!(read(r#"{"stock":null,"name":null}"#), Ok((Edit::Clear, None)));
    assert_eq!(read(r#"{"stock":"0"}"#), Ok((Edit::Set(0), None)));
    let fault = Fault::Range(0..=LARGEST);
    assert_eq!(read(r#"{"stock":-1}"#), Err(vec![Wrong { field: "stock", fault }]));
}

#[test]
fn an_edit_changes_what_was() {
    assert_eq!(Edit::Keep.of(Some(1)), Some(1));
    assert_eq!(Edit::Clear.of(Some(1)), None);
    assert_eq!(Edit::Set(2).of(Some(1)), Some(2));
}

#[test]
fn an_edit_is_described_as_optional() {
    let schema = serde_json::to_value(schemars::schema_for!(Change)).expect("a schema");
    assert_eq!(schema.get("required"), None);
}
