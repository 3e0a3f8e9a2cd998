//! Every collection named on a page: listed, read, found, sorted and paged, and only as promised.
use crate::five::{ALL, ListedCollection, ListedSystem};
use crate::promises::taxi::{hail, taxi, trip_with};
use process::{HttpAnswer, Nadul, ServerProcess};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const TRADES: usize = 3;

fn asked(server: &ServerProcess<'_>, path: &str, query: &str) -> HttpAnswer {
    server.get(&format!("{path}?{query}"))
}

#[test]
fn collections_are_paged_and_found() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    pages_are_counted_and_lead_to_each_other(&server);
    a_customer_is_found_whatever_the_name_is(&server);
    server.wait_until_idle();
    server.stop();
    nadul.check_data();
}

fn pages_are_counted_and_lead_to_each_other(server: &ServerProcess) {
    let ids: Vec<u64> = (0..5).map(|_| hail(server, "kim")).collect();
    let page = |path: &str| server.get(path).expect_status(200);
    let shown = |page: &Value| -> Vec<u64> {
        page["_embedded"]["catches"].as_array().expect("rows").iter().filter_map(|row| row["id"].as_u64()).collect()
    };
    let first = page("/catches?size=2");
    assert_eq!(first["page"], json!({ "size": 2, "totalElements": 5, "totalPages": 3, "number": 0 }));
    assert_eq!((shown(&first), first["_links"].get("prev")), (ids[..2].to_vec(), None));
    let second = page(first["_links"]["next"]["href"].as_str().expect("more"));
    assert_eq!((shown(&second), &second["page"]["number"]), (ids[2..4].to_vec(), &json!(1)));
    let third = page(second["_links"]["next"]["href"].as_str().expect("more"));
    assert_eq!((shown(&third), third["_links"].get("next")), (ids[4..].to_vec(), None));
    assert_eq!(shown(&page(third["_links"]["prev"]["href"].as_str().expect("less"))), ids[2..4]);
    assert_eq!(shown(&page("/catches?page=1&size=2")), ids[2..4]);
    assert_eq!(page("/catches")["page"]["size"], 20);
    assert_eq!(page("/catches?size=200")["page"]["size"], 200);
    assert_eq!(page("/catches?size=201")["page"]["size"], 200);
    assert_eq!(page("/catches?size=1000000")["page"]["size"], 200);
    assert_eq!(shown(&page("/catches?page=99")), Vec::<u64>::new());
}

fn a_customer_is_found_whatever_the_name_is(server: &ServerProcess) {
    for (name, asked) in [("홍 길동", "%ED%99%8D+%EA%B8%B8%EB%8F%99"), ("a&b=c", "a%26b%3Dc"), ("😀", "%F0%9F%98%80")]
    {
        let id = hail(server, name);
        let found = server.get(&format!("/catches?customer={asked}"));
        assert_eq!(found.rows().iter().map(|row| row["id"].clone()).collect::<Vec<_>>(), [json!(id)], "{name}");
    }
    server.get("/catches?customer=%ff").expect_problem(400, "invalid-query");
    server.get("/catches?customer=").expect_problem(400, "invalid-query");
    server.get("/catches?customer=a&customer=b").expect_problem(400, "invalid-query");
}

/// Each of the five with a little trade, and every collection of every context of it.
#[test]
fn every_collection_of_every_system_is_as_the_pages_say() {
    let nadul = Nadul::new();
    let server = nadul.serve(&["--data", "data"]);
    for system in &ALL {
        (1..=TRADES as u64).for_each(|n| system.trades(&server, n));
        for rows in system.collections() {
            is_listed_and_read(&server, system, rows);
            is_found(&server, system, rows);
            is_sorted(&server, system, rows);
            refuses_everything_else(&server, system, rows);
            if rows.view || rows.name == "payments" {
                is_read_only(&server, system, rows);
            }
        }
    }
}

fn is_listed_and_read(server: &ServerProcess<'_>, system: &ListedSystem, of: &ListedCollection) {
    let path = of.path(system);
    let page = server.get(&path);
    assert_eq!(page.header("content-type"), "application/hal+json");
    let listed =
        page.expect_status(200)["_embedded"][of.name].as_array().cloned().expect("rows under the collection's name");
    assert!(listed.len() >= TRADES, "{path}: {page:?}");
    assert_eq!(page.json()["page"], json!({ "size": 20, "totalElements": listed.len(), "totalPages": 1, "number": 0 }));
    for row in listed {
        let id = row["id"].as_u64().expect("an id");
        assert!(id > 0 && row[of.id] == id, "{path}: {row}");
        let href = json!(format!("{path}/{id}"));
        assert_eq!((&row["_links"]["self"]["href"], &row["_links"][of.singular]["href"]), (&href, &href), "{row}");
        let read = server.get(&format!("{path}/{id}"));
        assert_eq!(read.expect_status(200), row);
        assert!(read.header("etag").starts_with('"'), "{read:?}");
        assert_eq!(read.header("content-type"), "application/hal+json");
    }
    server.get(&format!("{path}/999999")).expect_problem(404, "unknown-id");
    server.get(&format!("{path}/none")).expect_problem(404, "unknown-id");
}

fn is_found(server: &ServerProcess<'_>, system: &ListedSystem, of: &ListedCollection) {
    let path = of.path(system);
    for row in server.get(&path).rows() {
        for field in of.finds {
            let value = if row[*field].is_null() { &row["id"] } else { &row[*field] };
            let text = value.as_str().map_or_else(|| value.to_string(), |text| text.replace(' ', "%20"));
            let found = asked(server, &path, &format!("{field}={text}"));
            assert_eq!(found.status, 200, "{found:?}");
            let all = server.get(&path).rows();
            let same =
                |other: &Value| other[*field] == row[*field] && (!row[*field].is_null() || other["id"] == row["id"]);
            let expected: Vec<Value> = all.into_iter().filter(same).collect();
            assert_eq!(found.rows(), expected, "{path}?{field}={text}");
            assert_eq!(found.json()["page"]["totalElements"], expected.len());
        }
    }
    for field in of.finds {
        let nothing = asked(server, &path, &format!("{field}=999999"));
        assert_eq!((nothing.expect_status(200)["page"]["totalElements"].as_u64(), nothing.rows()), (Some(0), vec![]));
    }
}

fn is_sorted(server: &ServerProcess<'_>, system: &ListedSystem, of: &ListedCollection) {
    let path = of.path(system);
    for field in of.money.iter().copied().chain(["id"]) {
        let values = |query: String| -> Vec<f64> {
            let rows = asked(server, &path, &query).rows();
            rows.iter().map(|row| row[field].as_f64().unwrap_or_else(|| panic!("{path} {field}: {row}"))).collect()
        };
        let rising = values(format!("sort={field}"));
        let different: BTreeSet<u64> = rising.iter().map(|value| value.to_bits()).collect();
        assert!(different.len() >= TRADES && rising.is_sorted(), "{path} {field} {rising:?}");
        assert_eq!(values(format!("sort={field},asc")), rising);
        let falling = values(format!("sort={field},desc"));
        assert!(falling.iter().rev().eq(rising.iter()), "{path} {field} {falling:?}");
    }
    if of.name != "topBooks" {
        let ids: Vec<u64> = server.get(&path).rows().iter().filter_map(|row| row["id"].as_u64()).collect();
        assert!(ids.is_sorted(), "{path}: in order of id");
    }
}

fn refuses_everything_else(server: &ServerProcess<'_>, system: &ListedSystem, of: &ListedCollection) {
    let path = of.path(system);
    for query in ["color=red", "sort=color", "sort=id,up", "_links=1", "size=0", "page=-1", "page=x", "history=1"] {
        let refused = asked(server, &path, query);
        refused.expect_problem(400, "invalid-query");
        assert!(refused.json()["errors"][0]["parameter"].is_string(), "{refused:?}");
    }
    let other = server.request("PUT", &path, &json!({}));
    other.expect_problem(405, "wrong-method");
    assert!(other.header("allow").contains("GET"), "{other:?}");
}

fn is_read_only(server: &ServerProcess<'_>, system: &ListedSystem, of: &ListedCollection) {
    let path = of.path(system);
    let id = server.get(&path).rows()[0]["id"].clone();
    for at in [path.clone(), format!("{path}/{id}")] {
        let before = server.get(&at).json();
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let refused = server.request(method, &at, &json!({ "status": "x" }));
            refused.expect_problem(405, "wrong-method");
            assert_eq!(refused.header("allow").replace(' ', ""), "GET,HEAD", "{method} {at}");
        }
        assert_eq!(server.get(&at).json(), before);
    }
}

#[test]
fn rows_of_the_same_price_come_once_each_from_page_to_page() {
    let nadul = Nadul::new();
    let server = taxi(&nadul);
    for price in [5, 3, 5, 3, 9] {
        server.post("/catches", &trip_with("price", price)).expect_status(201);
    }
    let mut path = "/catches?sort=price,desc&size=2".to_string();
    let mut walked = vec![];
    while !path.is_empty() {
        let page = server.get(&path);
        walked.extend(page.rows().iter().map(|row| (row["price"].as_u64(), row["id"].as_u64())));
        path = page.json()["_links"]["next"]["href"].as_str().unwrap_or_default().to_string();
    }
    assert!(walked.is_sorted_by_key(|(price, _)| std::cmp::Reverse(*price)), "{walked:?}");
    let ids: BTreeSet<_> = walked.iter().map(|(_, id)| id).collect();
    assert_eq!((walked.len(), ids.len()), (5, 5), "{walked:?}");
}
