//! Many customers on one process: all at the same instant, or one visit after the other until it is killed under them.
use crate::served::{Door, Served};
use std::sync::{Barrier, mpsc};
use std::thread::scope;

impl Served<'_> {
    /// What each of so many is told who all ask at the same instant.
    pub fn at_once<T: Send>(&self, many: usize, ask: impl Fn(&Door, usize) -> T + Sync) -> Vec<T> {
        let (start, ask) = (&Barrier::new(many), &ask);
        scope(|threads| {
            let one = |at: usize| {
                let door = self.door();
                threads.spawn(move || {
                    start.wait();
                    ask(&door, at)
                })
            };
            let asking: Vec<_> = (0..many).map(one).collect();
            asking.into_iter().map(|asked| asked.join().expect("who asks is told")).collect()
        })
    }

    /// Customers who come again and again until the process is killed under them, as kill −9 does, after so many visits.
    /// A visit is `None` when nobody is there any more. What they were told.
    pub fn killed_under<T: Send>(
        self,
        customers: usize,
        visits: usize,
        visit: impl Fn(&Door, usize) -> Option<T> + Sync,
    ) -> Vec<T> {
        let (door, visit, (leaves, left)) = (&self.door(), &visit, mpsc::channel());
        scope(|threads| {
            let one = |at| {
                let leaves = leaves.clone();
                let come = move || {
                    let told = visit(door, at)?;
                    let _killed_already = leaves.send(());
                    Some(told)
                };
                threads.spawn(|| std::iter::from_fn(come).collect::<Vec<T>>())
            };
            let coming: Vec<_> = (0..customers).map(one).collect();
            drop(leaves);
            (0..visits).for_each(|_| left.recv().expect("somebody is there until it is killed"));
            self.kill();
            coming.into_iter().flat_map(|customer| customer.join().expect("a customer ends")).collect()
        })
    }
}
