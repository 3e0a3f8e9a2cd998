//! `/operator/rules/{rule}`: which accounts break a rule that holds at rest; an account is a request's id.
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::endpoint::routes::Routes;
use crate::negotiate::media_type::JSON;
use crate::operate::context;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::bounds::Lane;
use crate::server::mount::Mount;
use axum::http::StatusCode;
use runtime::port::store::Reader;
use runtime::proof::uneven_accounts;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most accounts of an answer.
const ACCOUNTS_MAX: usize = 20;

pub(crate) fn add(routes: Routes, mount: &Mount) -> Routes {
    routes.get("/operator/rules/{rule}", UnevenAccounts(mount.clone()))
}

struct UnevenAccounts(Mount);

impl Handler for UnevenAccounts {
    fn audience(&self) -> Audience<'_> {
        Audience::Operator
    }

    fn lane(&self) -> Lane {
        Lane::Operator
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        request.check_local()?;
        let Mount { server, hosted, .. } = &self.0;
        let (system, asked) = (hosted.work.system().clone(), request.segment(self.0.depth() + 2));
        let rule = system.conserved.iter().map(|(rule, _)| *rule).find(|rule| *rule == asked);
        let rule = rule.ok_or_else(|| Problem::new(&reasons::UNKNOWN_PATH))?;
        let readers = system.contexts.iter().map(|context| context::reader(&self.0, context.name));
        let readers: Vec<Arc<dyn Reader>> = readers.collect::<HttpResult<_>>()?;
        let read =
            move || uneven_accounts(&system.contexts.iter().zip(readers).collect::<Vec<_>>(), rule, ACCOUNTS_MAX);
        let (accounts, are_more) = server.operator_reads.run(read).await?;
        let accounts = accounts.iter().map(|account| {
            let contexts: BTreeMap<_, _> = account.parts.iter().copied().collect();
            json!({"account": account.account, "amount": account.amount(), "contexts": contexts})
        });
        let json = json!({"rule": rule, "accounts": accounts.collect::<Vec<Value>>(), "more": are_more});
        Ok(response::with_body(StatusCode::OK, JSON, json.to_string()))
    }
}
