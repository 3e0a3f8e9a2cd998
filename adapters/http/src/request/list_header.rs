//! Headers that are lists: items between commas, over one line or several.
use axum::http::{HeaderMap, header::AsHeaderName};

/// All items in order, without the blanks around them; a line that is no text has none.
pub(crate) fn items(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        for line in ["a, b;q=1,", "", " c "] {
            headers.append("accept", line.parse().expect("a value"));
        }
        assert_eq!(items(&headers, "accept").collect::<Vec<_>>(), ["a", "b;q=1", "c"]);
    }
}
