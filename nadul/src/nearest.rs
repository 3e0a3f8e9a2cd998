//! The nearest known name of a mistyped one.

/// `None` where nothing is near enough to be meant.
pub fn name<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |name: &str| strsim::damerau_levenshtein(&typed.to_lowercase(), &name.to_lowercase());
    let near = known.into_iter().map(|name| (distance(name), name)).min()?;
    (near.0 <= 1 + near.1.chars().count() / 3).then_some(near.1)
}

/// `; did you mean …?`, or nothing.
pub fn hint<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    name(typed, known).map_or(String::new(), |name| format!("; did you mean {name}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = ["queue_max", "group_max", "drain_ms"];
        assert_eq!(name("queu_max", known), Some("queue_max"));
        assert_eq!(name("drian_ms", known), Some("drain_ms"));
        assert_eq!(name("colour", known), None);
    }
}
