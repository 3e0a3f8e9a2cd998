//! A request that somebody may make: what a handler takes, so that none can forget to ask whether they may.
use crate::request::HttpRequest;
use kernel::Permission;
use std::ops::{Deref, DerefMut};

/// Made by [`crate::endpoint::audience::permit`] alone.
#[derive(Clone)]
pub(crate) struct PermittedRequest {
    request: HttpRequest,
    pub permission: Permission,
}

impl PermittedRequest {
    pub fn new(request: HttpRequest, permission: Permission) -> PermittedRequest {
        PermittedRequest { request, permission }
    }
}

impl Deref for PermittedRequest {
    type Target = HttpRequest;

    fn deref(&self) -> &HttpRequest {
        &self.request
    }
}

impl DerefMut for PermittedRequest {
    fn deref_mut(&mut self) -> &mut HttpRequest {
        &mut self.request
    }
}
