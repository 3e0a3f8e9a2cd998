//! What a request needs of the process that answers it, and how often it may be sent.
use crate::server::hosted_system::HostedSystem;
use kernel::Name;
use runtime::port::work::{Access, AnsweredAt};

/// Whether a request may be sent again when its answer was lost: it may have been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resend {
    /// Done twice it is like done once, or it is not done twice: a read, or a client's Idempotency-Key.
    Freely,
    /// Under a key by which its answer is kept.
    UnderKey,
    Never,
}

/// The context of a request, and what is needed of it.
#[derive(Clone, Copy)]
pub(crate) struct Needs<'a> {
    pub hosted: &'a HostedSystem,
    pub context: Name,
    pub access: Access,
    pub resend: Resend,
}

impl Needs<'_> {
    /// Where the request is answered now.
    pub fn place(&self) -> AnsweredAt {
        self.hosted.work.place(self.context, self.access)
    }

    /// Who was asked there was gone, or not the one.
    pub fn doubt(&self, url: &str) {
        self.hosted.work.doubt(self.context, url);
    }
}
