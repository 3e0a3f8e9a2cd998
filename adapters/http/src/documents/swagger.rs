//! `/docs`: Swagger UI with the OpenAPI documents of this server, served from the binary itself.
use crate::documents::page;
use crate::endpoint::Handler;
use crate::endpoint::audience::Audience;
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::permitted::PermittedRequest;
use crate::response;
use crate::server::Server;
use crate::server::hosted_system::HostedSystem;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use utoipa_swagger_ui::{Config, Url};

/// Swagger UI runs its own scripts, asks this server, and writes styles and small pictures into its page.
const SWAGGER_UI: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Redirects to the folder of the files.
pub(crate) struct ToSwaggerUi;

impl Handler for ToSwaggerUi {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, _: PermittedRequest) -> HttpResult {
        let mut response = response::without_body(StatusCode::PERMANENT_REDIRECT);
        response.headers_mut().insert(LOCATION, HeaderValue::from_static("/docs/"));
        Ok(response)
    }
}

#[derive(Clone)]
pub(crate) struct SwaggerUi(Arc<Config<'static>>);

impl SwaggerUi {
    pub fn new(systems: &[Arc<HostedSystem>], server: &Server) -> SwaggerUi {
        let url = |hosted: &Arc<HostedSystem>| match server.has_one_system() {
            true => Url::from("/openapi.json"),
            false => Url::from(format!("/{}/openapi.json", hosted.name())),
        };
        let urls: Vec<Url<'static>> = systems.iter().map(url).collect();
        SwaggerUi(Arc::new(Config::new(urls).try_it_out_enabled(true).validator_url("none")))
    }
}

impl Handler for SwaggerUi {
    fn audience(&self) -> Audience<'_> {
        Audience::Everybody
    }

    async fn handle(&self, request: PermittedRequest) -> HttpResult {
        let file = request.uri.path().trim_start_matches("/docs").trim_start_matches('/');
        let file = if file.is_empty() { "index.html" } else { file };
        let Ok(Some(found)) = utoipa_swagger_ui::serve(file, self.0.clone()) else {
            return Err(Problem::new(&reasons::UNKNOWN_PATH));
        };
        let mut response = Response::new(found.bytes.into_owned().into());
        let media_type = HeaderValue::from_str(&found.content_type);
        response.headers_mut().extend(media_type.ok().map(|media_type| (CONTENT_TYPE, media_type)));
        page::allow(&mut response, SWAGGER_UI);
        Ok(response)
    }
}
