//! While the owner of a context changes, is not known or breaks off: requests wait, are answered, and are done once.
use crate::client::{Client, TextResponse};
use crate::cluster::Cluster;
use crate::live::Stream;
use crate::test_server::{TRIP, taxi};
use runtime::port::work::Answering;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

fn place(gateway: Client) -> JoinHandle<TextResponse> {
    tokio::spawn(async move { gateway.post("/catches", TRIP).await })
}

/// Whether the request waits: it is not answered in a while that is long for a request.
async fn waits(asked: &mut JoinHandle<TextResponse>) -> bool {
    tokio::time::timeout(Duration::from_millis(300), asked).await.is_err()
}

/// An address where nobody listens.
async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

/// An address where connections are taken and never answered.
async fn silent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let mut open = vec![];
        while let Ok((stream, _)) = listener.accept().await {
            open.push(stream);
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_waits_until_somebody_owns_its_context() {
    let cluster = Cluster::open(taxi()).await;
    cluster.outer.belief.owner_is(&[]);
    let mut placed = place(cluster.gateway());
    assert!(waits(&mut placed).await);
    let metrics = cluster.gateway().get("/metrics").await.text;
    assert!(metrics.contains(r#"nadul_held_requests{system="taxi",context="catch"} "#), "{metrics}");
    cluster.give_to(1);
    let placed = placed.await.expect("an answer");
    assert_eq!(placed.status, 201, "{placed:?}");
    assert_eq!(cluster.count("/catches").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_at_an_owner_that_was_goes_to_the_one_that_is() {
    let cluster = Cluster::open(taxi()).await;
    cluster.give_to(1);
    let (was, is) = (&cluster.proxies[0].url, &cluster.proxies[1].url);
    cluster.outer.belief.owner_is(&[was]);
    let placed = cluster.gateway().post("/catches", TRIP).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    assert_eq!((cluster.inner[0].asked(), cluster.inner[1].asked()), (1, 1));
    assert_eq!(cluster.outer.belief.doubted(), std::slice::from_ref(was));
    cluster.outer.belief.owner_is(&[&nobody().await]);
    let mut waiting = place(cluster.gateway());
    assert!(waits(&mut waiting).await);
    cluster.outer.belief.owner_is(&[is]);
    assert_eq!(waiting.await.expect("an answer").status, 201);
    assert_eq!(cluster.count("/catches").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_loses_its_context_passes_on_what_it_has_not_done() {
    let cluster = Cluster::open(taxi()).await;
    let was = &cluster.inner[0];
    was.belief.is_lost_at_next_command(&[]);
    let mut placed = place(was.gateway());
    assert!(waits(&mut placed).await);
    cluster.give_to(1);
    let placed = placed.await.expect("an answer");
    assert_eq!((placed.status, cluster.inner[1].asked()), (201, 1), "{placed:?}");
    let is = &cluster.inner[1];
    is.belief.is_lost_at_next_command(&[&cluster.proxies[0].url]);
    cluster.inner[0].belief.all_is_here();
    let again = cluster.gateway().post("/catches", TRIP).await;
    assert_eq!(again.status, 201, "the hop is told who owns it now: {again:?}");
    assert_eq!(cluster.count("/catches").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_fails_while_the_owner_changes_all_the_time() {
    let cluster = Cluster::open(taxi()).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let clients: Vec<JoinHandle<Vec<TextResponse>>> = (0..8)
        .map(|client| {
            let gateway = [cluster.gateway(), cluster.inner[client % 2].gateway()][client / 4];
            let is_over = is_over.clone();
            tokio::spawn(async move {
                let mut answers = vec![];
                while !is_over.load(Ordering::Relaxed) {
                    answers.push(gateway.post("/catches", TRIP).await);
                }
                answers
            })
        })
        .collect();
    for change in 0..10 {
        cluster.outer.belief.owner_is(&[]);
        cluster.inner.iter().for_each(|member| member.belief.owner_is(&[]));
        tokio::time::sleep(Duration::from_millis(30)).await; // a hand-over takes a moment
        cluster.give_to(change % 2);
        tokio::time::sleep(Duration::from_millis(70)).await;
    }
    is_over.store(true, Ordering::Relaxed);
    let mut made = 0;
    for client in clients {
        for answer in client.await.expect("a client") {
            assert_eq!(answer.status, 201, "{answer:?}");
            made += 1;
        }
    }
    assert_eq!(cluster.count("/catches").await, made);
    assert!(made > 10, "{made}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_nobody_takes_is_told_so_in_time() {
    let settings = [("handover_hold_ms", "100"), ("retry_after_ms", "2000")];
    let cluster = Cluster::open_with(taxi(), &[], &settings).await;
    for owner in [vec![], vec![nobody().await]] {
        cluster.outer.belief.owner_is(&owner.iter().map(String::as_str).collect::<Vec<_>>());
        let refused = cluster.gateway().post("/catches", TRIP).await;
        assert_eq!((refused.problem().as_str(), refused.header("retry-after")), ("unavailable", "2"));
        assert_eq!(refused.json()["reason"], "context-down");
    }
    cluster.outer.belief.readers_are(&[]);
    assert_eq!(cluster.gateway().get("/catches").await.json()["reason"], "context-down");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_so_many_requests_wait() {
    let cluster = Cluster::open_with(taxi(), &[], &[("held_max", "1")]).await;
    cluster.outer.belief.owner_is(&[]);
    let mut first = place(cluster.gateway());
    assert!(waits(&mut first).await);
    let second = cluster.gateway().post("/catches", TRIP).await;
    assert_eq!((second.status, second.json()["reason"].clone()), (503, json!("context-down")));
    assert_eq!(cluster.gateway().get("/catches").await.status, 200, "a read has its readers");
    cluster.give_to(0);
    assert_eq!(first.await.expect("an answer").status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_waits_while_the_owner_has_no_room() {
    let cluster = Cluster::open_with(taxi(), &[("requests_max", "1")], &[]).await;
    let gateway = cluster.gateway();
    let mode = |body: &'static str| gateway.request("PUT", "/sandbox/payment", &[], body);
    assert_eq!(mode(r#"{"mode":"slow","ms":2000}"#).await.status, 200);
    let mut slow = place(cluster.inner[0].gateway());
    assert!(waits(&mut slow).await);
    assert_eq!(mode(r#"{"mode":"approve"}"#).await.status, 200);
    let waited = cluster.gateway().post("/catches", TRIP).await;
    assert_eq!((waited.status, slow.await.expect("an answer").status), (201, 201), "{waited:?}");
    assert!(cluster.inner[0].asked() > 4, "it was asked more than once: {}", cluster.inner[0].asked());
}

/// A process of another release reads what it knows, and asks the owner for what it does not.
#[tokio::test(flavor = "multi_thread")]
async fn a_view_of_another_version_is_read_at_its_owner() {
    let cluster = Cluster::open(taxi()).await;
    let [owner, reader] = &cluster.inner;
    assert_eq!((reader.gateway().get("/myPages").await.status, owner.asked()), (200, 0), "it reads what is durable");
    reader.belief.views_are(Answering::OtherVersion { has_declared_keys: true });
    assert_eq!((reader.gateway().get("/myPages").await.status, owner.asked()), (200, 1));
    assert_eq!((reader.gateway().get("/myPages/4").await.status, owner.asked()), (404, 2));
    let mut stream = Stream::open(&reader.server, "/myPages", None).await;
    assert_eq!((stream.part().await.as_deref(), owner.asked()), (Some("retry: 1000"), 3), "it is followed there, too");
    // passed on already: it says where the owner is, and the outer edge asks there
    cluster.outer.belief.readers_are(&[&reader.url]);
    assert_eq!((cluster.gateway().get("/myPages").await.status, owner.asked(), reader.asked()), (200, 4, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_is_rebuilt_with_other_keys_is_listed_when_it_is_whole_and_its_rows_are_read_meanwhile() {
    let cluster = Cluster::open(taxi()).await;
    let owner = &cluster.inner[0];
    owner.belief.views_are(Answering::OtherVersion { has_declared_keys: false });
    for path in ["/myPages", "/myPages?page=1"] {
        let refused = owner.gateway().get(path).await;
        assert_eq!((refused.status, refused.json()["reason"].clone()), (503, json!("rebuilding")), "{path}");
        assert_eq!(refused.header("retry-after"), "1");
    }
    assert_eq!(owner.gateway().get("/myPages/4").await.status, 404);
    owner.belief.views_are(Answering::OtherVersion { has_declared_keys: true });
    assert_eq!(owner.gateway().get("/myPages").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_gone_is_passed_over() {
    let cluster = Cluster::open(taxi()).await;
    let gone = nobody().await;
    cluster.outer.belief.readers_are(&[&gone, &cluster.proxies[1].url]);
    for broken in [false, true] {
        if broken {
            cluster.proxies[1].break_answer_after(30);
        }
        assert_eq!(cluster.gateway().get("/catches").await.status, 200);
    }
    assert_eq!((cluster.proxies[1].broken(), cluster.inner[0].asked()), (1, 0));
    cluster.inner[1].belief.readers_are(&[]);
    cluster.outer.belief.readers_are(&[&cluster.proxies[1].url, &cluster.proxies[0].url]);
    assert_eq!(cluster.gateway().get("/catches").await.status, 200, "421 is no answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_go_to_the_reader_that_this_edge_keeps_least_busy() {
    let cluster = Cluster::open(taxi()).await;
    let mut stream = Stream::open(&cluster.outer.server, "/catches", None).await;
    assert_eq!(stream.part().await.as_deref(), Some("retry: 1000"));
    for _ in 0..3 {
        assert_eq!(cluster.gateway().get("/catches").await.status, 200);
    }
    assert_eq!(cluster.inner.each_ref().map(|member| member.asked()), [1, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_that_hangs_is_given_up_for_a_newer_one() {
    let cluster = Cluster::open(taxi()).await;
    cluster.outer.belief.owner_is(&[&silent().await]);
    let mut placed = place(cluster.gateway());
    assert!(waits(&mut placed).await);
    cluster.give_to(0);
    assert_eq!(placed.await.expect("an answer").status, 201);
}

/// The commands of a trip, each of which may lose its answer.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_twice_wherever_the_connection_breaks() {
    let cluster = Cluster::open(taxi()).await;
    let (gateway, proxy) = (cluster.gateway(), &cluster.proxies[0]);
    let sample = gateway.post("/catches", TRIP).await;
    let answer_bytes = sample.text.len() + 600; // its head is shorter than that
    let (mut placed, mut broken) = (1, 0);
    let breaks = (0..answer_bytes).step_by(61).map(|at| (true, at)).chain((0..600).step_by(97).map(|at| (false, at)));
    for (of_answer, at) in breaks {
        let break_off = || match of_answer {
            true => proxy.break_answer_after(at),
            false => proxy.break_request_after(at),
        };
        for key in [None, Some(format!("key-{placed}"))] {
            let headers: Vec<_> = key.iter().map(|key| ("idempotency-key", key.as_str())).collect();
            break_off();
            let created = gateway.request("POST", "/catches", &headers, TRIP).await;
            assert_eq!(created.status, 201, "{of_answer} {at}: {created:?}");
            placed += 1;
            proxy.pass_all();
        }
        let path = format!("/catches/{placed}");
        let row = gateway.get(&path).await;
        break_off();
        let if_match = [("if-match", row.header("etag"))];
        let cancelled = gateway.request("PATCH", &path, &if_match, r#"{"status":"Cancel"}"#).await;
        assert_eq!((cancelled.status, cancelled.json()["status"].clone()), (200, json!("Cancel")), "{at}");
        proxy.pass_all();
        broken = proxy.broken();
    }
    assert!(broken > 20, "{broken}");
    assert_eq!(cluster.count("/catches").await, placed, "ids have no gap either");
    assert_eq!(cluster.inner[0].server.systems[0].uneven_rules(), Some(vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_whose_answer_is_lost_is_answered_by_the_next_owner() {
    let cluster = Cluster::open(taxi()).await;
    cluster.proxies[0].lose_answers(true);
    let mut placed = place(cluster.gateway());
    assert!(waits(&mut placed).await);
    cluster.give_to(1);
    let placed = placed.await.expect("an answer");
    assert_eq!((placed.status, placed.header("location")), (201, "/catches/1"), "{placed:?}");
    assert_eq!(cluster.count("/catches").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_been_done_is_never_called_undone() {
    let settings = [("request_timeout_ms", "600"), ("outcome_wait_ms", "200")];
    let cluster = Cluster::open_with(taxi(), &[], &settings).await;
    cluster.proxies[0].lose_answers(true);
    let unknown = place(cluster.gateway());
    cluster.proxies[0].has_broken().await;
    assert!(!unknown.is_finished());
    cluster.outer.belief.owner_is(&[]);
    let unknown = unknown.await.expect("an answer");
    assert_eq!((unknown.status, unknown.problem().as_str()), (503, "outcome-unknown"));
    assert!(!unknown.header("retry-after").is_empty());
    assert_eq!(cluster.count("/catches").await, 1, "and it was done once");
    cluster.outer.belief.owner_is(&[&silent().await]);
    assert_eq!(cluster.gateway().post("/catches", TRIP).await.problem(), "outcome-unknown");
    cluster.outer.belief.readers_are(&[&silent().await]);
    assert_eq!(cluster.gateway().get("/catches").await.problem(), "too-slow");
}
