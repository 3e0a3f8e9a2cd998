//! A setting's unit stands last in its name.
const UNITS: &[(&str, &str)] = &[
    ("us", "microseconds"),
    ("ms", "milliseconds"),
    ("seconds", "seconds"),
    ("s", "seconds"),
    ("minutes", "minutes"),
    ("hours", "hours"),
    ("days", "days"),
    ("bytes", "bytes"),
    ("kb", "kilobytes"),
    ("kib", "kibibytes"),
    ("mb", "megabytes"),
    ("mib", "mebibytes"),
    ("percent", "percent"),
    ("won", "won"),
    ("km", "kilometres"),
    ("m", "metres"),
    ("meters", "metres"),
    ("chars", "characters"),
    ("rows", "rows"),
    ("pages", "pages"),
    ("events", "events"),
    ("entries", "entries"),
    ("tickets", "ids"),
    ("keys", "keys"),
    ("connections", "connections"),
];

const RATES: &[(&str, &str)] = &[("_per_s", "a second"), ("_per_min", "a minute")];

/// Empty where it is a plain count, a word or a flag.
pub fn from_name(name: &str) -> &'static str {
    let bare = name.trim_end_matches("_max").trim_end_matches("_min");
    if let Some(rate) = RATES.iter().find(|(suffix, _)| bare.ends_with(suffix)) {
        return rate.1;
    }
    let last = bare.rsplit('_').next().unwrap_or_default();
    UNITS.iter().find(|(suffix, _)| *suffix == last).map_or("", |(_, unit)| unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_read_from_the_name() {
        assert_eq!(from_name("payment_timeout_ms"), "milliseconds");
        assert_eq!(from_name("text_chars_max"), "characters");
        assert_eq!(from_name("requests_per_s"), "a second");
        assert_eq!(from_name("group_max"), "");
    }
}
