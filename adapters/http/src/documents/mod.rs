//! What the edge says about its systems: OpenAPI, AsyncAPI, the board, the pages for people.
pub(crate) mod asyncapi;
pub(crate) mod board;
pub(crate) mod index;
pub(crate) mod json;
mod message_headers;
pub(crate) mod openapi;
pub(crate) mod page;
pub(crate) mod problem_pages;
pub(crate) mod style;
pub(crate) mod swagger;
