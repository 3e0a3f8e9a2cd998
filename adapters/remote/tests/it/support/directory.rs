//! Where contexts are worked for, as a test says it.
use runtime::port::directory::Directory;
use std::sync::Mutex;

#[derive(Default)]
pub struct Known {
    owner: Mutex<Option<String>>,
    readers: Mutex<Vec<String>>,
    pub doubts: Mutex<Vec<String>>,
}

impl Known {
    pub fn new(owner: &str) -> Known {
        let known = Known::default();
        known.set_owner(Some(owner));
        known
    }

    pub fn set_owner(&self, base: Option<&str>) {
        *self.owner.lock().expect("sound") = base.map(str::to_string);
    }

    pub fn set_readers(&self, bases: &[&str]) {
        *self.readers.lock().expect("sound") = bases.iter().map(|base| base.to_string()).collect();
    }
}

impl Directory for Known {
    fn owner(&self, _context: &str) -> Option<String> {
        self.owner.lock().expect("sound").clone()
    }

    fn readers(&self, _context: &str) -> Vec<String> {
        self.readers.lock().expect("sound").clone()
    }

    fn doubt(&self, _context: &str, url: &str) {
        self.doubts.lock().expect("sound").push(url.to_string());
    }
}
