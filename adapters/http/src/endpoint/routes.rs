//! The routes of one mount, collected path by path.
use crate::endpoint::{Endpoint, Handler, Location, on_method};
use crate::server::mount::Mount;
use axum::Router;
use kernel::Method;

pub(crate) struct Routes {
    router: Router,
    mount: Mount,
}

impl Routes {
    pub fn new(mount: &Mount) -> Routes {
        Routes { router: Router::new(), mount: mount.clone() }
    }

    pub fn get<H: Handler>(self, path: &str, handler: H) -> Routes {
        self.add(Method::Get, path, path, handler)
    }

    pub fn put<H: Handler>(self, path: &str, handler: H) -> Routes {
        self.add(Method::Put, path, path, handler)
    }

    pub fn post<H: Handler>(self, path: &str, handler: H) -> Routes {
        self.add(Method::Post, path, path, handler)
    }

    /// `label` is what measures call the path.
    pub fn add<H: Handler>(self, method: Method, path: &str, label: &str, handler: H) -> Routes {
        let location = Location { system: self.mount.system().name, method: Some(method), route: label };
        let endpoint = Endpoint::new(&self.mount.server, location, handler);
        let path = format!("{}{path}", self.mount.prefix);
        Routes { router: self.router.route(&path, on_method(method, endpoint)), mount: self.mount }
    }

    pub fn into_router(self) -> Router {
        self.router
    }
}
