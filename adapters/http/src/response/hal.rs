//! HAL: a row's JSON with its history and its links spliced in, never parsed again.
use std::fmt::Write;

/// `{"id":1,…}` → `{"id":1,…,"history":[…],"_links":{…}}`.
pub(crate) fn row_json(body: &str, history: Option<&str>, href: &RowHref<'_>) -> String {
    let mut out = String::with_capacity(body.len() + history.map_or(0, str::len) + 128);
    push_row(&mut out, body, history, href);
    out
}

/// Where a row is read.
#[derive(Clone, Copy)]
pub(crate) struct RowHref<'a> {
    pub prefix: &'a str,
    pub collection: &'a str,
    pub singular: &'a str,
    pub id: kernel::Id,
}

impl std::fmt::Display for RowHref<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.prefix, self.collection, self.id)
    }
}

pub(crate) fn push_row(out: &mut String, body: &str, history: Option<&str>, href: &RowHref<'_>) {
    let open = body.strip_suffix('}').unwrap_or(body);
    out.push_str(open);
    if let Some(history) = history {
        separate(out, open);
        out.push_str("\"history\":");
        out.push_str(history);
    }
    separate(out, open);
    let singular = href.singular;
    let _ = write!(out, "\"_links\":{{\"self\":{{\"href\":\"{href}\"}},\"{singular}\":{{\"href\":\"{href}\"}}}}}}");
}

fn separate(out: &mut String, open: &str) {
    if open.len() > 1 {
        out.push(',');
    }
}

/// A page of rows already written, one after another with commas between them.
pub(crate) struct PageJson<'a> {
    pub collection: &'a str,
    pub rows: &'a str,
    pub size: u64,
    pub total: u64,
    pub number: u64,
    pub this: String,
    pub next: Option<String>,
    pub prev: Option<String>,
}

impl PageJson<'_> {
    pub fn json(&self) -> String {
        let PageJson { collection, rows, size, total, number, this, next, prev } = self;
        let pages = total.div_ceil(*size);
        let mut out = String::with_capacity(rows.len() + 384);
        let _ =
            write!(out, "{{\"_embedded\":{{\"{collection}\":[{rows}]}},\"_links\":{{\"self\":{{\"href\":\"{this}\"}}");
        for (name, href) in [("next", next), ("prev", prev)] {
            if let Some(href) = href {
                let _ = write!(out, ",\"{name}\":{{\"href\":\"{href}\"}}");
            }
        }
        let _ = write!(
            out,
            "}},\"page\":{{\"size\":{size},\"totalElements\":{total},\"totalPages\":{pages},\"number\":{number}}}}}"
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;
    use serde_json::{Value, json};

    const HREF: RowHref<'static> = RowHref { prefix: "/taxi", collection: "catches", singular: "catch", id: Id(7) };

    #[test]
    fn links_and_history_join_the_row() {
        let text = row_json(r#"{"id":7,"price":9}"#, Some(r#"[{"eventType":"A"}]"#), &HREF);
        let value: Value = serde_json::from_str(&text).expect("json");
        let href = json!({"href": "/taxi/catches/7"});
        assert_eq!(
            value,
            json!({"id": 7, "price": 9, "history": [{"eventType": "A"}], "_links": {"self": href, "catch": href}})
        );
    }

    #[test]
    fn a_row_without_fields_stays_json() {
        assert!(serde_json::from_str::<Value>(&row_json("{}", None, &HREF)).is_ok());
    }

    #[test]
    fn a_page_counts_what_there_is() {
        let page = PageJson {
            collection: "catches",
            rows: "{},{}",
            size: 2,
            total: 5,
            number: 1,
            this: "/catches".into(),
            next: Some("/catches?page=2".into()),
            prev: None,
        };
        let value: Value = serde_json::from_str(&page.json()).expect("json");
        assert_eq!(value["page"], json!({"size": 2, "totalElements": 5, "totalPages": 3, "number": 1}));
        assert_eq!(value["_embedded"]["catches"], json!([{}, {}]));
        assert_eq!(value["_links"]["next"]["href"], "/catches?page=2");
        assert!(value["_links"].get("prev").is_none());
    }
}
