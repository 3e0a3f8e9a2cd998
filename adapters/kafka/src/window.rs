//! Which events are sent and not acknowledged yet, and up to where all are.
use std::collections::VecDeque;

pub(crate) struct Window {
    /// Positions in the order they were sent, each with whether it is acknowledged.
    sent: VecDeque<(u64, bool)>,
    mark: u64,
    at_most: usize,
}

impl Window {
    /// Everything up to the mark is acknowledged.
    pub fn behind(mark: u64, at_most: usize) -> Window {
        Window { sent: VecDeque::new(), mark, at_most }
    }

    pub fn has_room(&self) -> bool {
        self.sent.len() < self.at_most
    }

    pub fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    pub fn len(&self) -> usize {
        self.sent.len()
    }

    pub fn sent(&mut self, position: u64) {
        self.sent.push_back((position, false));
    }

    pub fn acknowledged(&mut self, position: u64) {
        if let Ok(at) = self.sent.binary_search_by_key(&position, |(sent, _)| *sent) {
            self.sent[at].1 = true;
        }
        while let Some((position, true)) = self.sent.front() {
            self.mark = *position;
            self.sent.pop_front();
        }
    }

    /// The newest event of which, and of all before it, the broker has said that it has them.
    pub fn mark(&self) -> u64 {
        self.mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stays_below_what_is_not_acknowledged() {
        let mut window = Window::behind(3, 4);
        [5, 6, 9].into_iter().for_each(|position| window.sent(position));
        window.acknowledged(6);
        window.acknowledged(9);
        assert_eq!((window.mark(), window.len()), (3, 3), "5 is still under way");
        window.acknowledged(5);
        assert_eq!((window.mark(), window.is_empty()), (9, true));
    }

    #[test]
    fn an_acknowledgement_of_something_else_moves_nothing() {
        let mut window = Window::behind(3, 4);
        window.sent(5);
        window.acknowledged(3);
        window.acknowledged(8);
        assert_eq!(window.mark(), 3);
    }

    #[test]
    fn a_full_window_has_no_room_until_its_oldest_is_acknowledged() {
        let mut window = Window::behind(0, 2);
        [1, 2].into_iter().for_each(|position| window.sent(position));
        window.acknowledged(2);
        assert!(!window.has_room());
        window.acknowledged(1);
        assert!(window.has_room());
    }
}
