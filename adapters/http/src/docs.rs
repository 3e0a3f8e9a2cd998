//! `/docs`: Swagger UI with the documents of every system here, served from the binary itself.
use crate::answer;
use crate::call::Call;
use crate::cause;
use crate::door::Handle;
use crate::house::{House, Site};
use crate::problem::{Outcome, Problem};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use utoipa_swagger_ui::{Config, Url};

pub(crate) struct Front;

impl Handle for Front {
    async fn handle(&self, _: Call) -> Outcome<Response> {
        let mut response = answer::empty(StatusCode::PERMANENT_REDIRECT);
        response.headers_mut().insert(LOCATION, HeaderValue::from_static("/docs/"));
        Ok(response)
    }
}

pub(crate) struct Files(Arc<Config<'static>>);

impl Files {
    pub fn of(sites: &[Arc<Site>], house: &House) -> Files {
        let alone = house.sites.len() == 1;
        let urls: Vec<Url<'static>> = sites
            .iter()
            .map(|site| {
                let name = site.system().name;
                let path = if alone { "/openapi.json".to_string() } else { format!("/{name}/openapi.json") };
                Url::from(path)
            })
            .collect();
        Files(Arc::new(Config::new(urls).try_it_out_enabled(true).validator_url("none")))
    }
}

impl Handle for Files {
    async fn handle(&self, call: Call) -> Outcome<Response> {
        let file = call.uri.path().trim_start_matches("/docs").trim_start_matches('/');
        let file = if file.is_empty() { "index.html" } else { file };
        match utoipa_swagger_ui::serve(file, self.0.clone()) {
            Ok(Some(found)) => {
                let mut response = Response::new(Body::from(found.bytes.into_owned()));
                let kind = HeaderValue::from_str(&found.content_type);
                response.headers_mut().extend(kind.ok().map(|kind| (CONTENT_TYPE, kind)));
                Ok(response)
            }
            _ => Err(Problem::of(&cause::UNKNOWN_PATH)),
        }
    }
}
