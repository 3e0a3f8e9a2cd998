//! One row, read by its id: as it is now, not again if the client has it, or live.
use crate::collection::collection_ref::CollectionRef;
use crate::collection::live::{self, watched::WatchedRows};
use crate::collection::wait::{self, Wait};
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::negotiate::media_type::HAL;
use crate::pass_on::needs::Needs;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::HttpRequest;
use crate::request::permitted::PermittedRequest;
use crate::request::precondition::{client_has, entity_tag};
use crate::response::{self, hal};
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::Response;
use kernel::{Id, Row};
use runtime::follow::{Filters, FollowedRows, SeenRow, Sight};

pub(crate) struct ReadRow {
    pub collection: CollectionRef,
    /// Which segment of the path is the id.
    pub id_at: usize,
}

impl Handler for ReadRow {
    fn audience(&self) -> Audience<'_> {
        self.collection.readers()
    }

    fn wanted_wait<'a>(&'a self, request: &'a PermittedRequest) -> Option<Wait<'a>> {
        let has_id = request.id(self.id_at).is_ok();
        wait::wanted(&self.collection, &request.headers).filter(|_| has_id)
    }

    fn needs<'a>(&'a self, _: &PermittedRequest) -> Option<Needs<'a>> {
        Some(self.collection.needs())
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let id = request.id(self.id_at)?;
        let collection = &self.collection;
        let (table, reader) = collection.open()?;
        let sight = self.sight(&request)?;
        let row = collection.mount.server.reads.run(move || reader.row(&table, id)).await?;
        let row = row.filter(|row| sight.includes(row));
        let life = collection.life_mark();
        let last_event_id = live::last_event_id(&request.headers, &life);
        if request.wants_stream() && (row.is_some() || last_event_id.is_some()) {
            let rows = FollowedRows { only: Some(id), filters: Filters::default(), sight };
            let watched = WatchedRows { life, collection: collection.clone(), rows };
            return live::response(watched, last_event_id, request.is_watch);
        }
        let seen = row.as_ref().and_then(|row| Some((row, sight.show(row)?)));
        let Some((row, seen)) = seen else { return Err(Problem::new(&reasons::UNKNOWN_ID)) };
        Ok(self.response(&request, id, row, &seen))
    }
}

impl ReadRow {
    fn sight(&self, request: &PermittedRequest) -> HttpResult<Sight> {
        let CollectionRef { mount, context, name, .. } = &self.collection;
        let declared = mount.collection(context, name).ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        Ok(Sight::new(declared, &request.permission.sees, request.caller.as_ref()))
    }

    fn response(&self, request: &HttpRequest, id: Id, row: &Row, seen: &SeenRow<'_>) -> Response {
        let life = self.collection.life_mark();
        let mut response = if client_has(&request.headers, &life, row.change) {
            response::without_body(StatusCode::NOT_MODIFIED)
        } else {
            let json = hal::row_json(&seen.body, seen.history.as_deref(), &self.collection.href(id));
            response::with_body(StatusCode::OK, HAL, json)
        };
        response.headers_mut().insert(ETAG, entity_tag(&life, row.change));
        request.waited.add_header(&mut response);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Caller, Person, Rights};
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn person(number: u8) -> Person {
        Person::from_digests([9; 4], [number; 12])
    }

    fn caller(number: u8, roles: &[&str]) -> Arc<Caller> {
        let roles = roles.iter().map(|role| (*role).into()).collect();
        Arc::new(Caller { issuer: "i".into(), subject: "s".into(), roles, person: person(number), former: vec![] })
    }

    fn room(owner: u8, guest: u8) -> Row {
        let body = r#"{"id":1,"price":9,"rsvId":7,"payId":7,"desc":"\"rsvId\":8"}"#;
        let entry = |name: &str| json!({"eventId": "01900000-0000-7000-8000-000000000001", "eventType": name, "timestamp": "2026-01-01T00:00:00Z"});
        let history = json!([entry("RoomRegistered"), entry("ReservationCreated")]).to_string();
        let owners = [person(owner).key(), person(guest).key()];
        Row { listed: true, body: Some(body.into()), history: Some(history.into()), owners, ..Row::default() }
    }

    fn seen(caller: Option<Arc<Caller>>) -> (Value, Vec<String>) {
        let system = stay::system(&kernel::Settings::defaults(stay::SETTINGS));
        let context = system.get("viewpage").expect("there is one");
        let roomviews = context.readable().next().expect("it has one");
        let row = room(1, 2);
        let seen = Sight::new(roomviews, &Rights::All, caller.as_ref()).show(&row).expect("it is shown");
        let history: Vec<Value> = serde_json::from_str(&seen.history.expect("it has one")).expect("json");
        let types = history.iter().map(|entry| entry["eventType"].as_str().expect("a type").to_string());
        (serde_json::from_str(&seen.body).expect("json"), types.collect())
    }

    #[test]
    fn only_owner_partner_and_operator_see_who_has_booked() {
        let whole = json!({"id": 1, "price": 9, "rsvId": 7, "payId": 7, "desc": "\"rsvId\":8"});
        let masked = json!({"id": 1, "price": 9, "rsvId": null, "payId": null, "desc": "\"rsvId\":8"});
        let (all, rooms) = (vec!["RoomRegistered", "ReservationCreated"], vec!["RoomRegistered"]);
        for (caller, body, history) in [
            (None, &whole, &all),
            (Some(caller(9, &["operator"])), &whole, &all),
            (Some(caller(1, &["host"])), &whole, &all),
            (Some(caller(2, &["customer"])), &whole, &rooms),
            (Some(caller(3, &["customer", "host"])), &masked, &rooms),
        ] {
            let (seen_body, seen_history) = seen(caller.clone());
            assert_eq!(
                (&seen_body, seen_history.iter().map(String::as_str).collect()),
                (body, history.clone()),
                "{caller:?}"
            );
        }
    }
}
