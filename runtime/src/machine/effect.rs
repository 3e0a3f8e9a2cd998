//! What one part of a machine leaves for the others to do.
use super::current::StateKey;
use super::requests::AdmittedRequest;
use super::waiting::Waiter;
use crate::request::Response;

pub enum Effect {
    /// The request has its response.
    Finished(Box<AdmittedRequest>, Response),
    /// It can't be decided before this thing changes, or is free again.
    Waits(StateKey, Waiter),
    /// No saga is going to change this thing any more.
    Released(StateKey),
}

impl Effect {
    pub fn finished(request: AdmittedRequest, response: Response) -> Vec<Effect> {
        vec![Effect::Finished(Box::new(request), response)]
    }
}
