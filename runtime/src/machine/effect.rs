//! What one part of a machine leaves for the others to do.
use super::current::StateKey;
use super::requests::Request;
use super::waiting::Waiter;
use crate::request::Response;

pub enum Effect {
    /// The request has its response.
    Finished(Box<Request>, Response),
    /// It can't be decided before this thing changes, or is free again.
    Waits(StateKey, Waiter),
    /// No saga is going to change this thing any more.
    Released(StateKey),
}

impl Effect {
    pub fn finished(request: Request, response: Response) -> Vec<Effect> {
        vec![Effect::Finished(Box::new(request), response)]
    }
}
