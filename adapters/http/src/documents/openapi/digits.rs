//! Numbers written as texts, as patterns that take exactly the digits the server takes.
const LARGEST: i64 = (1 << 53) - 1;

/// Every whole number from 1 to `most`, without leading zeros.
fn from_one_to(most: i64) -> String {
    let digits = most.to_string();
    let shorter = (digits.len() > 1).then(|| format!("[1-9]{}", any(0, digits.len() - 2)));
    let below = digits.char_indices().filter_map(|(at, digit)| {
        let least = if at == 0 { '1' } else { '0' };
        let under = char::from(u8::try_from(digit).ok()?.checked_sub(1)?);
        (under >= least).then(|| format!("{}{}{}", &digits[..at], one_of(least, under), exactly(digits.len() - at - 1)))
    });
    shorter.into_iter().chain(below).chain([digits.clone()]).collect::<Vec<_>>().join("|")
}

fn one_of(least: char, most: char) -> String {
    if least == most { least.to_string() } else { format!("[{least}-{most}]") }
}

fn any(least: usize, most: usize) -> String {
    if most == 0 { String::new() } else { format!("[0-9]{{{least},{most}}}") }
}

fn exactly(digits: usize) -> String {
    match digits {
        0 => String::new(),
        1 => "[0-9]".into(),
        _ => format!("[0-9]{{{digits}}}"),
    }
}

/// A whole number from `min` (0 or 1) on; zeros may lead.
pub(super) fn whole(min: i64) -> String {
    let positive = format!("0*(?:{})", from_one_to(LARGEST));
    if min > 0 { positive } else { format!("(?:-?0+|{positive})") }
}

/// A number above 0 with at most four decimals; zeros behind them do not count.
pub(super) fn decimal() -> String {
    let below_one = "0+\\.(?:[1-9][0-9]{0,3}|0[1-9][0-9]{0,2}|00[1-9][0-9]?|000[1-9])0*";
    let others = format!("0*(?:{})(?:\\.[0-9]{{1,4}}0*)?", from_one_to(LARGEST - 1));
    format!("(?:{below_one}|{others}|0*{LARGEST}(?:\\.0+)?)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Decimal, Field, FieldSchema, FormLimits};
    use regex::Regex;

    fn alone(pattern: &str) -> Regex {
        Regex::new(&format!("^{pattern}$")).expect("a pattern")
    }

    const ASKED: FieldSchema = FieldSchema { name: "", min: Some(0), alias: None, person: false };
    const LIMITS: FormLimits = FormLimits { text_chars_max: 100 };
    const WHOLE: &str = "|-|0|00|-0|-1|1|01|9|10|999999999999999|9007199254740990|9007199254740991|9007199254740992|\
        9007199254741000|9007200000000000|9099999999999999|8999999999999999|00009007199254740991|\
        10000000000000000|1.0| 1";
    const DECIMAL: &str = "0|0.0|0.0000|0.00001|0.0001|0.00010|00.9999|1|1.|.5|01.5|1.50000|1.12345|-1.5|9007199254740991|\
        9007199254740991.0|9007199254740990.9999|9007199254740991.1|9007199254740992|1e3";

    #[test]
    fn a_whole_number_is_described_as_it_is_read() {
        for text in WHOLE.split('|') {
            let raw = format!("\"{text}\"");
            for min in [0, 1] {
                let read = u64::read(Some(&raw), &FieldSchema { min: Some(min), ..ASKED }, &LIMITS);
                assert_eq!(alone(&whole(min)).is_match(text), read.is_ok(), "{text} from {min}: {read:?}");
            }
        }
    }

    #[test]
    fn a_decimal_is_described_as_it_is_read() {
        for text in DECIMAL.split('|') {
            let raw = format!("\"{text}\"");
            let read = Decimal::read(Some(&raw), &ASKED, &LIMITS);
            assert_eq!(alone(&decimal()).is_match(text), read.is_ok(), "{text}: {read:?}");
        }
    }

    #[test]
    fn every_number_up_to_the_largest_and_none_above() {
        for most in [1, 9, 10, 19, 20, 99, 100, 101, 305, 4_096] {
            let pattern = alone(&format!("(?:{})", from_one_to(most)));
            for number in 0..=most + 1_000 {
                assert_eq!(
                    pattern.is_match(&number.to_string()),
                    (1..=most).contains(&number),
                    "{number} up to {most}"
                );
            }
        }
    }
}
