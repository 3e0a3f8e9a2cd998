//! `/live`: one connection for all that a page watches, as browsers open few to a host. Each watch is a live stream as one alone would be:
//! asked of this edge by a request of its own, so that who may see what is said in one place.
mod frames;
mod opened;
mod wanted;
mod watches;

use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::pages::live::wanted::Wanted;
use crate::pages::live::watches::Watches;
use crate::problem::HttpResult;
use crate::request::permitted::PermittedRequest;
use crate::response::events;
use crate::server::Server;
use axum::Router;
use futures_util::{FutureExt, StreamExt};
use std::sync::Arc;

pub(crate) struct Live {
    pub server: Arc<Server>,
    /// All other paths of this edge.
    pub paths: Router,
}

impl Handler for Live {
    /// Each watch says for itself who may see it.
    fn audience(&self) -> Audience<'_> {
        Audience::SignedIn
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let permit = self.server.bounds.stream(false)?;
        let wanted = Wanted::read(&request, self.server.settings.watches_max)?;
        let opening = wanted.iter().map(|wanted| opened::open(self.paths.clone(), &request, wanted));
        let streams = opening.map(|opening| opening.flatten_stream().boxed()).collect();
        let marks = wanted.into_iter().map(|wanted| wanted.mark.unwrap_or_default()).collect();
        Ok(events::response(&self.server, permit, Watches::new(marks, streams).into_stream()))
    }
}
