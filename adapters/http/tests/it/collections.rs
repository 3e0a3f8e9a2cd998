//! Collections: pages, orders, filters, and what is refused.
use crate::test_server::{TestServer, open, taxi, taxi_alone};
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

/// The list of open requests, from which one row in two that were shown is taken away after each page.
#[tokio::test(flavor = "multi_thread")]
async fn following_next_shows_every_row_that_stays_listed() {
    for order in ["", "&sort=price", "&sort=price,desc", "&sort=id,desc"] {
        let server = taxi_alone().await;
        let mut open = vec![];
        for price in [5, 3, 3, 9, 1, 7, 3, 8, 2, 6] {
            open.push(place(&server, price, "Kim").await);
        }
        for id in &open {
            server.gateway.wait_for(&format!("/catchReqLists/{id}"), |row| row.status == 200).await;
        }
        let (mut path, mut seen) = (Some(format!("/catchReqLists?size=3{order}")), vec![]);
        while let Some(at) = path.take() {
            let page = server.gateway.get(&at).await.json();
            let rows = page["_embedded"]["catchReqLists"].as_array().expect("rows");
            let shown: Vec<u64> = rows.iter().filter_map(|row| row["id"].as_u64()).collect();
            for id in shown.iter().step_by(2) {
                let pick = json!({"matchId": id, "driver": "lee"}).to_string();
                assert_eq!(server.gateway.post("/pickUps", &pick).await.status, 201);
            }
            seen.extend(shown);
            path = page["_links"]["next"]["href"].as_str().map(String::from);
        }
        seen.sort_unstable();
        assert_eq!(seen, open, "{order}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn following_prev_leads_back_the_same_way() {
    let server = taxi_alone().await;
    for price in [5, 3, 3, 9, 1, 7, 3] {
        place(&server, price, if price == 9 { "Lee" } else { "Kim" }).await;
    }
    for query in ["size=2", "size=2&sort=price,desc", "size=2&sort=price&customer=Kim"] {
        let (mut path, mut there) = (Some(format!("/catches?{query}")), vec![]);
        let mut last = String::new();
        while let Some(at) = path.take() {
            let page = server.gateway.get(&at).await.json();
            there.push(ids(&page));
            path = page["_links"]["next"]["href"].as_str().map(String::from);
            last = at;
        }
        let (mut path, mut back) = (Some(last), vec![]);
        while let Some(at) = path.take() {
            let page = server.gateway.get(&at).await.json();
            assert_eq!(
                page["_links"]["self"]["href"].as_str().map(|own| own.contains("before")),
                Some(at.contains("before"))
            );
            back.push(ids(&page));
            path = page["_links"]["prev"]["href"].as_str().map(String::from);
        }
        back.reverse();
        assert_eq!(back, there, "{query}");
    }
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
    are_found_by_customer_and_by_request(taxi_alone().await).await;
    let mut paired = taxi();
    let messages = paired.contexts.iter_mut().find(|context| context.name == "message").expect("there is one");
    messages.collections[0].pairs.push(("customer", "matchId"));
    are_found_by_customer_and_by_request(open(vec![paired], &[]).await).await;
}

async fn are_found_by_customer_and_by_request(server: TestServer) {
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
    let last = server.gateway.get(rest["_links"]["next"]["href"].as_str().expect("more")).await.json();
    assert!(last["_links"].get("next").is_none(), "{last}");
    let back = server.gateway.get(last["_links"]["prev"]["href"].as_str().expect("less")).await.json();
    assert_eq!(back["_embedded"], rest["_embedded"]);
    let of_request = server.gateway.get(&format!("/messages?matchId={first}")).await.json();
    let keys = of_request["_embedded"]["messages"].as_array().expect("some").iter().map(|message| &message["matchId"]);
    assert_eq!(keys.collect::<Vec<_>>(), [first, first, first]);
    assert_eq!(
        server.gateway.get(&format!("/messages?customer=Lee&matchId={first}")).await.json()["page"]["totalElements"],
        0
    );
}
