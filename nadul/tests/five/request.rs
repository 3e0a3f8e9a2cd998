//! A request of any of the five, from the customer's wish to the cancel.
use crate::five::{HttpCommand, ListedSystem};
use process::{HttpAnswer, ServerProcess, without_links};
use serde_json::Value;

impl ListedSystem {
    /// The command that places a request that can be granted.
    pub fn place_command(&self, server: &ServerProcess, customer: &str) -> HttpCommand {
        HttpCommand::new("POST", self.path(self.requests), (self.offer)(server, customer))
    }

    /// Asks for one; whatever the answer is.
    pub fn try_place(&self, server: &ServerProcess, customer: &str) -> HttpAnswer {
        self.place_command(server, customer).send(&server.client())
    }

    /// Placed and paid; its id.
    #[track_caller]
    pub fn place(&self, server: &ServerProcess, customer: &str) -> u64 {
        let answer = self.try_place(server, customer);
        let row = answer.expect_status(201);
        assert!(self.request_status.standing.iter().any(|word| row[self.request_status.field] == *word), "{row}");
        answer.id()
    }

    /// Placed, paid, and a provider serves it; its id.
    #[track_caller]
    pub fn place_and_serve(&self, server: &ServerProcess, customer: &str) -> u64 {
        let id = self.place(server, customer);
        self.serve(server, id);
        id
    }

    /// The provider's part, until everything that follows from it has happened.
    #[track_caller]
    pub fn serve(&self, server: &ServerProcess, id: u64) {
        server.wait_until_idle_in(self.name);
        if let Some(provide) = self.provide {
            provide(id).send(&server.client()).expect_success();
            server.wait_until_idle_in(self.name);
        }
    }

    #[track_caller]
    pub fn cancels(&self, server: &ServerProcess, id: u64) -> HttpAnswer {
        let answer = (self.cancel)(id).send(&server.client());
        answer.expect_success();
        answer
    }

    /// Every row of a collection, in order of id.
    #[track_caller]
    pub fn rows(&self, server: &ServerProcess, collection: &str) -> Vec<Value> {
        server.rows(&format!("{}/{collection}", self.name))
    }

    /// A row's own fields, read by its id.
    #[track_caller]
    pub fn row(&self, server: &ServerProcess, collection: &str, id: u64) -> Value {
        without_links(server.get(&self.path(&format!("{collection}/{id}"))).expect_status(200))
    }

    /// The status of a request, read from the context that owns it.
    #[track_caller]
    pub fn status(&self, server: &ServerProcess, id: u64) -> Value {
        self.row(server, self.requests, id)[self.request_status.field].clone()
    }

    #[track_caller]
    pub fn payment(&self, server: &ServerProcess, id: u64) -> Value {
        self.row(server, "payments", id)[self.payment_status.field].clone()
    }

    /// Every message of a customer, in order.
    #[track_caller]
    pub fn messages(&self, server: &ServerProcess, customer: &str) -> Vec<Value> {
        server.rows_found(&self.path("messages"), &format!("&customer={}", percent_encoded(customer)))
    }

    /// Nothing of any request is left: not listed, not shown, not told.
    #[track_caller]
    pub fn has_no_trace_of(&self, server: &ServerProcess, customer: &str) {
        server.wait_until_idle_in(self.name);
        let of_customer = format!("{}={customer}", self.customer);
        let listed = |path: &str| server.get(&self.path(path)).expect_status(200)["page"]["totalElements"].clone();
        assert_eq!(listed(&format!("{}?{of_customer}", self.requests)), 0);
        assert_eq!(listed(&format!("messages?customer={customer}")), 0);
        let view = self.collections().find(|rows| rows.name == self.views).expect("a view");
        if view.finds.contains(&self.customer) {
            assert_eq!(listed(&format!("{}?{of_customer}", self.views)), 0);
        }
        let ids = self.rows(server, self.requests).into_iter().map(|row| row["id"].clone());
        let ids: Vec<Value> = ids.collect();
        for collection in self.collections().filter(|rows| rows.finds.contains(&self.key)) {
            let rows = self.rows(server, collection.name);
            let of_nobody = |row: &&Value| {
                let id = row.get(self.key).unwrap_or(&row["id"]);
                !id.is_null() && !ids.contains(id)
            };
            let orphans: Vec<&Value> = rows.iter().filter(of_nobody).collect();
            assert!(orphans.is_empty(), "{}: {orphans:?}", collection.name);
        }
    }
}

/// As a query writes it.
fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
