//! Decimals are read leniently, kept exactly and written as JSON numbers.
use super::*;

fn times(text: &str, amount: i64) -> Option<Won> {
    Decimal::read(text).ok().and_then(|decimal| decimal.times(Won(amount)))
}

#[test]
fn a_product_is_exact_or_none() {
    assert_eq!(times("100.1", 10_000), Some(Won(1_001_000)));
    assert_eq!(times("0.0001", 10_000), Some(Won(1)));
    assert_eq!(times("0.0001", 1_000), None);
    assert_eq!(times("900719925474.0991", 10_000), Some(Won(LARGEST)));
    assert_eq!(times("900719925474.0992", 10_000), None);
    assert_eq!(times("9007199254740991", 10_000), None);
}

#[test]
fn what_is_none_is_said_why() {
    assert_eq!(Decimal::read("0"), Err(Invalid::Positive(LARGEST)));
    assert_eq!(Decimal::read("9007199254740992"), Err(Invalid::Positive(LARGEST)));
    assert_eq!(Decimal::read("1.00001"), Err(Invalid::Decimals(4)));
    assert_eq!(Decimal::read("1e3"), Err(Invalid::Type("decimal number")));
}

#[test]
fn it_is_written_shortly_and_read_back() {
    for (sent, told) in
        [("100", "100"), ("1.50000", "1.5"), ("100.1", "100.1"), ("900719925474.0991", "900719925474.0991")]
    {
        let decimal = Decimal::read(sent).expect("a decimal");
        assert_eq!(serde_json::to_string(&decimal).expect("a number"), told);
        assert_eq!(serde_json::from_str::<Decimal>(told).expect("a decimal"), decimal);
    }
}
