//! Tasks that end with what they work for.
use std::future::Future;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

#[derive(Default)]
pub(crate) struct Tasks(Vec<JoinHandle<()>>);

impl Tasks {
    pub fn spawn(&mut self, handle: &Handle, task: impl Future<Output = ()> + Send + 'static) {
        self.0.push(handle.spawn(task));
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}
