//! The shell that stands between a test and its broker: when the pipe from the test ends, however the test ended, it
//! ends the broker and removes its folder.
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub(crate) struct Shell {
    _child: Child,
    words: ChildStdin,
    says: BufReader<ChildStdout>,
}

impl Shell {
    /// `keystore`: what the broker shows under TLS.
    pub fn start(jars: &Path, ports: [u16; 5], keystore: &str) -> Shell {
        let mut shell = Command::new("sh");
        shell.args(["-c", include_str!("broker.sh"), "sh"]).arg(jars).args(ports.map(|port| port.to_string()));
        shell.env("NADUL_BROKER_KEYSTORE", keystore);
        let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
        let (words, says) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Shell { _child: child, words, says: BufReader::new(says) }
    }

    pub fn heard(&mut self, word: &str) -> bool {
        let mut line = String::new();
        self.says.read_line(&mut line).is_ok_and(|_| line.trim() == word)
    }

    pub fn tell(&mut self, word: &str, answer: &str) {
        writeln!(self.words, "{word}").expect("the shell listens");
        assert!(self.heard(answer), "the broker did not {word}");
    }
}
