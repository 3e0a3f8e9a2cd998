//! A change says leave, take away or set; nothing else reads the difference between null and absence. A field may have two names.
use super::*;

#[nadul_kernel_macros::form]
struct Change {
    #[form(min = 0)]
    stock: FieldEdit<u64>,
    name: Option<String>,
}

fn read(sent: &str) -> Result<(FieldEdit<u64>, Option<String>), Vec<InvalidField>> {
    let fields = serde_json::from_str(sent).expect("an object");
    Change::read(&Body { fields, limits: FormLimits { text_chars_max: 9 } }).map(|change| (change.stock, change.name))
}

#[test]
fn absent_or_blank_leaves_null_takes_away_a_value_sets() {
    assert_eq!(read("{}"), Ok((FieldEdit::Keep, None)));
    assert_eq!(read(r#"{"stock":" "}"#), Ok((FieldEdit::Keep, None)));
    assert_eq!(read(r#"{"stock":null,"name":null}"#), Ok((FieldEdit::Clear, None)));
    assert_eq!(read(r#"{"stock":"0"}"#), Ok((FieldEdit::Set(0), None)));
    let why = Invalid::Range(0..=LARGEST);
    assert_eq!(read(r#"{"stock":-1}"#), Err(vec![InvalidField { field: "stock", why }]));
}

#[test]
fn an_edit_changes_what_was() {
    assert_eq!(FieldEdit::Keep.apply(Some(1)), Some(1));
    assert_eq!(FieldEdit::Clear.apply(Some(1)), None);
    assert_eq!(FieldEdit::Set(2).apply(Some(1)), Some(2));
}

#[test]
fn an_edit_is_described_as_optional() {
    let schema = serde_json::to_value(schemars::schema_for!(Change)).expect("a schema");
    assert_eq!(schema.get("required"), None);
}

#[nadul_kernel_macros::form]
struct Amount {
    #[form(alias = "qty")]
    quantity: u64,
}

fn quantity(sent: &str) -> Result<u64, Invalid> {
    let fields = serde_json::from_str(sent).expect("an object");
    let read = Amount::read(&Body { fields, limits: FormLimits { text_chars_max: 9 } });
    read.map(|amount| amount.quantity).map_err(|mut invalid| invalid.remove(0).why)
}

#[test]
fn one_of_two_names_is_enough() {
    for sent in [r#"{"quantity":3}"#, r#"{"qty":"3"}"#, r#"{"quantity":" ","qty":3}"#, r#"{"quantity":3,"qty":null}"#] {
        assert_eq!(quantity(sent), Ok(3), "{sent}");
    }
    assert_eq!(quantity(r#"{"quantity":"","qty":null}"#), Err(Invalid::Missing));
}

#[test]
fn under_both_names_it_is_the_same_however_it_is_written() {
    assert_eq!(quantity(r#"{"quantity":"03","qty":3}"#), Ok(3));
    assert_eq!(quantity(r#"{"quantity":3,"qty":4}"#), Err(Invalid::Contradiction("qty")));
    assert_eq!(quantity(r#"{"quantity":3,"qty":"x"}"#), Err(Invalid::Type("whole number")));
}
