//! What happened in a lifetime: one number that differs when anything differs, and lines for people when they are wanted.
pub struct Trace {
    pub hash: u64,
    lines: Option<Vec<String>>,
}

impl Trace {
    pub fn new(tells: bool) -> Trace {
        Trace { hash: 0xCBF2_9CE4_8422_2325, lines: tells.then(Vec::new) }
    }

    pub fn mix(&mut self, value: u64) {
        self.hash = (self.hash.rotate_left(5) ^ value).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    pub fn tells(&self) -> bool {
        self.lines.is_some()
    }

    pub fn tell(&mut self, line: String) {
        self.lines.iter_mut().for_each(|lines| lines.push(line.clone()));
    }

    pub fn lines(self) -> Vec<String> {
        self.lines.unwrap_or_default()
    }
}
