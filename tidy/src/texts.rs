//! What people are told: each language has the same names, and each name is told by the crate it belongs to.

/// The names of one language's texts, in order.
pub fn names(toml: &str) -> Vec<&str> {
    toml.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(n, _)| n)
        .collect()
}

/// Names that `one` has and `other` has not, or has elsewhere.
pub fn differing(one: &str, other: &str) -> Vec<String> {
    let (one, other) = (names(one), names(other));
    if one == other {
        return vec![];
    }
    let (missing, extra): (Vec<_>, Vec<_>) =
        (one.iter().filter(|n| !other.contains(n)).collect(), other.iter().filter(|n| !one.contains(n)).collect());
    vec![format!("the languages differ in their names or in their order: {missing:?}, {extra:?}")]
}

/// Names that no refusal and no `sentence!` of the crate's sources says.
pub fn untold<'a>(toml: &'a str, sources: &str) -> Vec<&'a str> {
    let told =
        |name: &str| sources.contains(&format!("{} = ", camel(name))) || sources.contains(&format!("\"{name}\""));
    names(toml).into_iter().filter(|name| !told(name)).collect()
}

/// `not-open` as a refusal is called: `NotOpen`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "# a group\nnot-open = [\"Closed.\", \"Wait.\"]\nrefunded = \"{price} won.\"\n";

    #[test]
    fn a_name_that_one_language_lacks_is_found() {
        assert!(differing(EN, EN).is_empty());
        assert_eq!(differing(EN, "not-open = [\"a\", \"b\"]\n").len(), 1);
    }

    #[test]
    fn a_text_that_nobody_tells_is_found() {
        assert!(untold(EN, "NotOpen = NotAllowedNow, sentence!(\"refunded\", price)").is_empty());
        assert_eq!(untold(EN, "NotOpen = NotAllowedNow"), ["refunded"]);
    }
}
