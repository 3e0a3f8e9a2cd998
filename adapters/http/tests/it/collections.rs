//! Collections: pages, orders, filters, and what is refused.
use crate::test_server::{TestServer, taxi_alone};
use serde_json::{Value, json};

async fn place(server: &TestServer, price: u64, customer: &str) -> u64 {
    let trip = json!({"price": price, "startingPoint": "a", "destination": "b", "customer": customer});
    let placed = server.gateway.post("/catches", &trip.to_string()).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    placed.json()["id"].as_u64().expect("an id")
}

fn ids(page: &Value) -> Vec<u64> {
    let rows = page["_embedded"]["catches"].as_array().expect("rows");
    rows.iter().filter_map(|row| row["id"].as_u64()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_walked_by_their_links_or_asked_for_by_number() {
    let server = taxi_alone().await;
    let mut placed = vec![];
    for price in [5, 3, 9, 1, 7] {
        placed.push(place(&server, price, "Kim").await);
    }
    let mut path = "/catches?size=2".to_string();
    let mut walked = vec![];
    for number in 0..3 {
        let page = server.gateway.get(&path).await.json();
        assert_eq!(page["page"], json!({"size": 2, "totalElements": 5, "totalPages": 3, "number": number}));
        assert_eq!(page["_links"].get("prev").is_some(), number > 0);
        walked.extend(ids(&page));
        assert_eq!(page["_links"].get("next").is_some(), number < 2);
        path = page["_links"]["next"]["href"].as_str().unwrap_or_default().to_string();
    }
    assert_eq!(walked, placed);
    assert_eq!(ids(&server.gateway.get("/catches?size=2&page=1").await.json()), placed[2..4]);
    let beyond = server.gateway.get("/catches?size=2&page=9").await.json();
    assert_eq!((ids(&beyond), &beyond["page"]["number"]), (vec![], &json!(9)));
    assert_eq!(beyond["_links"]["prev"]["href"], "/catches?size=2&page=2");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_sorted_and_found() {
    let server = taxi_alone().await;
    let (a, b, c) =
        (place(&server, 5, "Kim").await, place(&server, 9, "홍 길동").await, place(&server, 1, "Kim").await);
    let listed = async |query: &str| ids(&server.gateway.get(&format!("/catches?{query}")).await.json());
    assert_eq!(listed("sort=price,desc").await, [b, a, c]);
    assert_eq!(listed("sort=price").await, [c, a, b]);
    assert_eq!(listed("sort=id,desc").await, [c, b, a]);
    assert_eq!(listed("customer=Kim").await, [a, c]);
    assert_eq!(listed("customer=%ED%99%8D+%EA%B8%B8%EB%8F%99").await, [b]);
    let first = server.gateway.get("/catches?customer=Kim&sort=price,desc&size=1").await.json();
    let next = first["_links"]["next"]["href"].as_str().expect("more");
    assert_eq!(ids(&server.gateway.get(next).await.json()), [c]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_asked_is_named() {
    let server = taxi_alone().await;
    for query in [
        "page=-1",
        "size=0",
        "size=x",
        "sort=customer",
        "sort=price,up",
        "color=red",
        "page=1&page=2",
        "after=1",
        "customer=",
    ] {
        let response = server.gateway.get(&format!("/catches?{query}")).await;
        assert_eq!((response.status, response.problem().as_str()), (400, "invalid-query"), "{query}");
        assert!(response.json()["errors"][0]["parameter"].is_string(), "{response:?}");
    }
    assert_eq!(server.gateway.get("/catches?size=201").await.json()["page"]["size"], 200);
    assert_eq!(server.gateway.get("/catches").await.json()["page"]["size"], 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_found_by_customer_and_by_request() {
    let server = taxi_alone().await;
    let neither = server.gateway.get("/messages").await;
    assert_eq!((neither.status, &neither.json()["errors"][0]["parameter"]), (400, &json!("customer")));
    assert!(neither.json()["detail"].as_str().is_some_and(|detail| detail.contains("matchId")), "{neither:?}");
    let (first, second) = (server.listed().await, server.listed().await);
    for id in [first, second] {
        server.gateway.request("PATCH", &format!("/catches/{id}"), &[], r#"{"status":"Cancel"}"#).await;
    }
    let six = |response: &crate::client::TextResponse| response.json()["page"]["totalElements"] == 6;
    let all = server.gateway.wait_for("/messages?customer=Kim", six).await.json();
    let times: Vec<&str> =
        all["_embedded"]["messages"].as_array().expect("some").iter().filter_map(|m| m["timestamp"].as_str()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let ids = server.gateway.get("/messages?customer=Kim&sort=id,desc").await.json();
    let ids: Vec<u64> =
        ids["_embedded"]["messages"].as_array().expect("some").iter().filter_map(|m| m["id"].as_u64()).collect();
    assert!(ids.len() == 6 && ids.is_sorted_by(|a, b| a > b), "{ids:?}");
    let one = server.gateway.get(&format!("/messages?customer=Kim&matchId={first}&size=1")).await.json();
    assert_eq!(one["page"], json!({"size": 1, "totalElements": 3, "totalPages": 3, "number": 0}));
    let rest = server.gateway.get(one["_links"]["next"]["href"].as_str().expect("more")).await.json();
    assert_ne!(rest["_embedded"]["messages"][0]["id"], one["_embedded"]["messages"][0]["id"]);
    assert_eq!(rest["_embedded"]["messages"][0]["matchId"], first);
    let of_request = server.gateway.get(&format!("/messages?matchId={first}")).await.json();
    let keys = of_request["_embedded"]["messages"].as_array().expect("some").iter().map(|message| &message["matchId"]);
    assert_eq!(keys.collect::<Vec<_>>(), [first, first, first]);
    assert_eq!(
        server.gateway.get(&format!("/messages?customer=Lee&matchId={first}")).await.json()["page"]["totalElements"],
        0
    );
}
