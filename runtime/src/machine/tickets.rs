//! Tickets: the numbers of requests before they exist, given in order and never twice, and the marks that other contexts may be told.
use kernel::{Head, Id};
use std::collections::BTreeMap;

#[derive(Debug)]
pub struct Tickets {
    /// The next ticket, which is also the next id of what is created here.
    next: Id,
    /// What is durable of the head's marks: only that is told to others.
    durable_settled: Id,
    durable_reserved: Id,
    durable_unheard: BTreeMap<String, Id>,
}

impl Tickets {
    pub fn open(head: &Head) -> Tickets {
        Tickets {
            next: head.reserved.max(Id(1)),
            durable_settled: head.settled,
            durable_reserved: head.reserved,
            durable_unheard: head.unheard.clone(),
        }
    }

    pub fn next(&self) -> Id {
        self.next
    }

    pub fn take(&mut self) -> Id {
        let ticket = self.next;
        self.next.0 += 1;
        ticket
    }

    /// This callee may hear of this ticket now: the durable reservation covers it, so that no later process gives it again, and none takes it
    /// for a lost one.
    pub fn may_be_told(&self, callee: &str, ticket: Id) -> bool {
        ticket < self.durable_reserved && !self.durable_unheard.contains_key(callee)
    }

    pub fn durable_settled(&self) -> Id {
        self.durable_settled
    }

    /// Moves the head's marks before it is made durable: `lowest` is the lowest ticket that is not settled.
    pub fn mark(&self, head: &mut Head, lowest: Id, reserve_tickets: u64) {
        head.settled = head.settled.max(lowest);
        let settled = head.settled;
        head.settled_ahead.drop_below(settled);
        let ahead = head.reserved.0.saturating_sub(self.next.0);
        if ahead < reserve_tickets.div_ceil(2) {
            head.reserved = Id(self.next.0 + reserve_tickets);
        }
    }

    /// Nothing is open: the last head leaves nothing in doubt.
    pub fn close(&self, head: &mut Head) {
        (head.reserved, head.settled) = (self.next, self.next);
        head.settled_ahead.clear();
    }

    pub fn became_durable(&mut self, head: &Head) {
        (self.durable_settled, self.durable_reserved) = (head.settled, head.reserved);
        self.durable_unheard.clone_from(&head.unheard);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(settled: u64, reserved: u64) -> Head {
        Head { settled: Id(settled), reserved: Id(reserved), ..Head::default() }
    }

    #[test]
    fn a_fresh_context_begins_with_one() {
        let mut tickets = Tickets::open(&Head::default());
        assert_eq!((tickets.take(), tickets.take(), tickets.next()), (Id(1), Id(2), Id(3)));
    }

    #[test]
    fn after_a_crash_no_ticket_of_the_reservation_is_given_again() {
        assert_eq!(Tickets::open(&head(3, 40)).take(), Id(40));
    }

    #[test]
    fn a_ticket_is_spoken_of_only_below_the_durable_reservation() {
        let mut tickets = Tickets::open(&Head::default());
        let (ticket, mut head) = (tickets.take(), head(0, 0));
        assert!(!tickets.may_be_told("till", ticket));
        tickets.mark(&mut head, ticket, 16);
        assert!(!tickets.may_be_told("till", ticket), "reserved in the group, not yet on the disk");
        tickets.became_durable(&head);
        assert!(tickets.may_be_told("till", ticket));
    }

    #[test]
    fn a_callee_hears_of_no_ticket_before_it_is_durable_that_it_was_heard() {
        let mut head = Head { unheard: [("till".to_string(), Id(40))].into(), ..head(3, 40) };
        let mut tickets = Tickets::open(&head);
        assert!(tickets.may_be_told("shelf", Id(39)) && !tickets.may_be_told("till", Id(39)));
        head.unheard.clear();
        assert!(!tickets.may_be_told("till", Id(39)), "heard, not yet on the disk");
        tickets.became_durable(&head);
        assert!(tickets.may_be_told("till", Id(39)));
    }

    #[test]
    fn the_settled_mark_never_goes_back_and_drops_what_is_committed_below_it() {
        let (tickets, mut head) = (Tickets::open(&head(5, 40)), head(5, 40));
        head.settled_ahead = [5, 6, 9].map(Id).into_iter().collect();
        tickets.mark(&mut head, Id(4), 16);
        assert_eq!(head.settled, Id(5));
        tickets.mark(&mut head, Id(7), 16);
        assert_eq!((head.settled, head.settled_ahead.clone()), (Id(7), [Id(9)].into_iter().collect()));
    }

    #[test]
    fn a_reservation_is_renewed_when_half_of_it_is_used() {
        let (mut tickets, mut head) = (Tickets::open(&head(1, 1)), head(1, 1));
        tickets.mark(&mut head, Id(1), 8);
        assert_eq!(head.reserved, Id(9));
        for _ in 0..4 {
            tickets.take();
        }
        tickets.mark(&mut head, Id(1), 8);
        assert_eq!(head.reserved, Id(9), "half is left");
        tickets.take();
        tickets.mark(&mut head, Id(1), 8);
        assert_eq!(head.reserved, Id(14));
    }

    #[test]
    fn a_closed_context_leaves_nothing_in_doubt() {
        let (mut tickets, mut head) = (Tickets::open(&head(1, 9)), head(1, 9));
        head.settled_ahead.insert(Id(9));
        tickets.take();
        tickets.close(&mut head);
        assert_eq!((head.settled, head.reserved, head.settled_ahead.ranges()), (Id(10), Id(10), 0));
    }
}
