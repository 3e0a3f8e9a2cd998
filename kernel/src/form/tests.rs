//! A change says leave, take away or set; nothing else reads the difference between null and absence. A field may have two names. What shows nothing is missing.
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

#[nadul_kernel_macros::form]
struct Guest {
    #[form(person)]
    guest: String,
    #[form(person)]
    host: Option<String>,
    word: Option<String>,
    nights: Option<u64>,
    weight: Option<Decimal>,
}

fn guest(sent: &str) -> Result<Guest, Invalid> {
    let fields = serde_json::from_str(sent).expect("an object");
    Guest::read(&Body { fields, limits: FormLimits { text_chars_max: 9 } }).map_err(|mut invalid| invalid.remove(0).why)
}

#[test]
fn a_number_names_a_person_by_its_digits() {
    let read = guest(r#"{"guest":7181,"host":-5}"#).expect("two numbers");
    assert_eq!((read.guest.as_str(), read.host.as_deref()), ("7181", Some("-5")));
    assert_eq!(guest(r#"{"guest":1234567890}"#), Err(Invalid::Length(9)));
    for other in ["7.5", "7e3", "true", "[7]", "{}"] {
        assert_eq!(guest(&format!(r#"{{"guest":{other}}}"#)), Err(Invalid::Type("text")), "{other}");
    }
    assert_eq!(guest(r#"{"guest":null}"#), Err(Invalid::Missing));
}

#[test]
fn a_number_is_no_other_text() {
    assert_eq!(guest(r#"{"guest":"a","word":7181}"#), Err(Invalid::Type("text")));
}

#[test]
fn what_shows_nothing_is_missing() {
    for nothing in ["", " ", "\\u3164", "\\u200b\\ufeff", "\\u2800", "\\udb40\\udc41"] {
        assert_eq!(guest(&format!(r#"{{"guest":"{nothing}"}}"#)), Err(Invalid::Missing), "{nothing}");
        let sent = format!(
            r#"{{"guest":"a","host":"{nothing}","word":"{nothing}","nights":"{nothing}","weight":"{nothing}"}}"#
        );
        let read = guest(&sent).expect("only optional ones are missing");
        assert_eq!((read.host, read.word, read.nights, read.weight), (None, None, None, None), "{nothing}");
    }
    assert_eq!(guest(r#"{"guest":"a\u0000"}"#), Err(Invalid::Character));
    assert_eq!(guest(r#"{"guest":"\u200b김"}"#).expect("it shows something").guest, "\u{200b}김");
}

#[test]
fn a_number_has_no_exponent_and_a_whole_one_no_point() {
    for sent in [r#"1e3"#, r#""1E3""#, "3.0", r#""3.""#, r#""+3""#, r#"" 3""#, r#""٣""#] {
        assert_eq!(guest(&format!(r#"{{"guest":"a","nights":{sent}}}"#)), Err(Invalid::Type("whole number")), "{sent}");
    }
    for sent in [r#"1e3"#, r#""1.5e1""#, r#"".5""#, r#""1.""#, r#""1,5""#] {
        assert_eq!(
            guest(&format!(r#"{{"guest":"a","weight":{sent}}}"#)),
            Err(Invalid::Type("decimal number")),
            "{sent}"
        );
    }
}
