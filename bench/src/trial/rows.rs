//! Large rows for the clients of a trial to ask for.
use crate::connection::{Connection, id};
use crate::mix::{Mix, RequestTemplate};
use serde_json::Value;
use std::io::Result;
use std::net::SocketAddr;

/// A whole page of them.
const ROWS: u64 = 200;
/// Characters of each text that may be any.
const TEXT_CHARS: usize = 900;

pub async fn place(address: SocketAddr, mix: &Mix) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    let mut stock = 0;
    for template in mix.stock.iter().chain(&mix.own) {
        stock = post(&mut connection, mix, template, (1, stock)).await?.unwrap_or(stock);
    }
    for n in 0..ROWS {
        post(&mut connection, mix, &mix.request, (n, stock)).await?;
    }
    Ok(())
}

async fn post(
    connection: &mut Connection,
    mix: &Mix,
    step: &RequestTemplate,
    (n, of): (u64, u64),
) -> Result<Option<u64>> {
    let (path, body) = (format!("/{}{}", mix.system, step.path), large(&(step.body)(n, of)));
    Ok(id(connection.send("POST", &path, &body).await?.body))
}

/// The same body with its plain words made long.
fn large(body: &str) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(body) else { return body.to_string() };
    for value in fields.values_mut() {
        if let Value::String(text) = value
            && text.chars().all(|letter| letter.is_alphabetic() || letter == ' ')
        {
            *text = text.chars().cycle().take(TEXT_CHARS).collect();
        }
    }
    Value::Object(fields).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_long_and_everything_else_stays() {
        let body: Value = serde_json::from_str(&large(r#"{"a":"ab","day":"2026-01-01","n":1}"#)).expect("json");
        assert_eq!(body["a"].as_str().map(str::len), Some(TEXT_CHARS));
        assert_eq!((&body["day"], &body["n"]), (&"2026-01-01".into(), &1.into()));
    }
}
