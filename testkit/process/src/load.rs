//! Many customers on one process: all at the same instant, or one visit after the other until it is killed under them.
use crate::http_client::HttpClient;
use crate::server::ServerProcess;
use std::sync::{Barrier, mpsc};
use std::thread::scope;

impl ServerProcess<'_> {
    /// Runs so many requests at the same instant, each on a client of its own, and returns what each was answered.
    pub fn at_once<T: Send>(&self, many: usize, request: impl Fn(&HttpClient, usize) -> T + Sync) -> Vec<T> {
        let (start, request) = (&Barrier::new(many), &request);
        scope(|threads| {
            let one = |at: usize| {
                let client = self.client();
                threads.spawn(move || {
                    start.wait();
                    request(&client, at)
                })
            };
            let threads: Vec<_> = (0..many).map(one).collect();
            threads.into_iter().map(|thread| thread.join().expect("every request is answered")).collect()
        })
    }

    /// Customers who come again and again until the process is killed under them, as kill −9 does, after so many visits.
    /// A visit returns `None` when the process is gone. Returns what the other visits returned.
    pub fn kill_under_load<T: Send>(
        self,
        customers: usize,
        visits: usize,
        visit: impl Fn(&HttpClient, usize) -> Option<T> + Sync,
    ) -> Vec<T> {
        let (client, visit, (leaves, left)) = (&self.client(), &visit, mpsc::channel());
        scope(|threads| {
            let one = |at| {
                let leaves = leaves.clone();
                let come = move || {
                    let answered = visit(client, at)?;
                    let _killed_already = leaves.send(());
                    Some(answered)
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
