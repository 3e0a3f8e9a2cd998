//! A collection as its readers reach it: its context, its name, and the table that answers for it.
use crate::endpoint::audience::Audience;
use crate::pass_on::needs::{Needs, Resend};
use crate::problem::{HttpResult, Problem, reasons};
use crate::request::life_mark::LifeMark;
use crate::response::hal::RowHref;
use crate::server::mount::Mount;
use kernel::{Id, Name, TableName};
use runtime::error::UnavailableReason;
use runtime::port::store::Reader;
use runtime::port::work::{Access, Answering};
use std::sync::Arc;

/// A collection of one context, under one spelling of its path.
#[derive(Clone)]
pub(crate) struct CollectionRef {
    pub mount: Mount,
    pub context: Name,
    pub name: Name,
    pub singular: Name,
}

impl CollectionRef {
    /// The table that answers now, and its reader. Unavailable while the context is stopped.
    pub fn open(&self) -> HttpResult<(TableName, Arc<dyn Reader>)> {
        let open = self.table().zip(self.mount.hosted.work.reader(self.context));
        open.ok_or_else(|| self.unavailable(UnavailableReason::ContextDown))
    }

    /// Those who may read it, as far as it is declared.
    pub fn readers(&self) -> Audience<'_> {
        let declared = self.mount.collection(self.context, self.name);
        declared.map_or(Audience::Operator, |declared| Audience::Readers(&declared.grants))
    }

    /// Reads need what is durable in the context. Of a view in another version than this release declares, the owner knows what it is.
    pub fn needs(&self) -> Needs<'_> {
        let access = match self.answering() {
            Answering::AsDeclared => Access::Read,
            Answering::OtherVersion { .. } => Access::Decide,
        };
        Needs { hosted: &self.mount.hosted, context: self.context, access, resend: Resend::Freely }
    }

    fn answering(&self) -> Answering {
        self.mount.hosted.work.answering(self.context, self.name)
    }

    /// Filters and orders are what is declared, which a list of the version before may not have.
    ///
    /// # Errors
    /// The view is being rebuilt with other keys than the version that answers has.
    pub fn check_keys(&self) -> HttpResult<()> {
        match self.answering() {
            Answering::OtherVersion { has_declared_keys: false } => {
                Err(self.unavailable(UnavailableReason::Rebuilding))
            }
            Answering::AsDeclared | Answering::OtherVersion { has_declared_keys: true } => Ok(()),
        }
    }

    fn unavailable(&self, reason: UnavailableReason) -> Box<Problem> {
        let retry_after_ms = self.mount.server.settings.retry_after_ms;
        Problem::retry_later(&reasons::UNAVAILABLE, reason.code(), retry_after_ms)
    }

    /// The table that answers now.
    pub fn table(&self) -> Option<TableName> {
        self.mount.hosted.work.table(self.context, self.name)
    }

    /// The mark of the store's present life.
    pub fn life_mark(&self) -> LifeMark {
        LifeMark::new(self.mount.hosted.work.life(self.context))
    }

    /// The address of one row.
    pub fn href(&self, id: Id) -> RowHref<'_> {
        RowHref { prefix: &self.mount.prefix, collection: self.name, singular: self.singular, id }
    }
}
