//! A server of our own on a free port of this machine. A shell stands between: when the pipe from the test ends, however
//! the test ended, the shell stops the server and removes its folder.
use crate::binaries;
use crate::database::Database;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Another process may take the port that was free a moment ago.
const TRIES: usize = 5;

/// `$1`: the programs; `$2`: the port. It says "ready" each time the server accepts. No signal ends it: it would leave the server behind.
const SCRIPT: &str = r#"
trap '' INT HUP TERM PIPE
bin=$1 port=$2
folder=$(mktemp -d /tmp/nadul-postgres.XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -U nadul -A trust -E UTF8 --no-locale --no-sync >"$folder/initdb" 2>&1 ||
    { cat "$folder/initdb" >&2; exit 1; }
start() {
    "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses=127.0.0.1 -c "port=$port" -c max_connections=400 \
        -c fsync=on -c shared_buffers=64MB >>"$folder/log" 2>&1 </dev/null &
    server=$!
    until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
        sleep 0.02
    done
    echo ready
}
stop() {
    kill -CONT "$server" 2>/dev/null
    kill -QUIT "$server" 2>/dev/null
    wait "$server" 2>/dev/null
}
start
while read -r word; do
    case $word in
        start) start ;;
        stop) stop; echo stopped ;;
        pause) kill -STOP "$server"; echo paused ;;
        resume) kill -CONT "$server"; echo resumed ;;
    esac
done
stop
"#;

pub struct PostgresServer {
    /// As its superuser, without the database's name.
    url: String,
    shell: Option<Mutex<Shell>>,
}

struct Shell {
    _child: Child,
    words: ChildStdin,
    says: BufReader<ChildStdout>,
}

/// A server that stands still; however the test ends, it goes on.
pub struct Paused<'a>(&'a PostgresServer);

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.0.tell("resume", "resumed");
    }
}

impl PostgresServer {
    /// The server of this process, for tests that leave it as it is.
    pub fn shared() -> &'static PostgresServer {
        static SERVER: OnceLock<PostgresServer> = OnceLock::new();
        SERVER.get_or_init(|| match std::env::var("NADUL_TEST_POSTGRES") {
            Ok(url) => PostgresServer { url: url.trim_end_matches('/').to_string(), shell: None },
            Err(_) => PostgresServer::start(),
        })
    }

    /// One more, which the test may stop and start.
    ///
    /// # Panics
    /// Where this machine has no server's programs: `./test` installs them.
    pub fn start() -> PostgresServer {
        let bin = binaries::folder().expect("a Postgres server's programs: apt-get install postgresql");
        let tried = (0..TRIES).find_map(|_| {
            let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
            let mut shell = shell(&[&bin.to_string_lossy(), &port.to_string()]);
            shell.heard("ready").then(|| PostgresServer {
                url: format!("postgres://nadul@127.0.0.1:{port}"),
                shell: Some(Mutex::new(shell)),
            })
        });
        tried.expect("a server that starts")
    }

    /// A new database of its own, empty.
    pub fn database(&self) -> Database {
        Database::create(&self.url)
    }

    /// As if its machine lost power: it writes nothing more, and recovers at its next start.
    pub fn stop_immediately(&self) {
        self.tell("stop", "stopped");
    }

    pub fn start_again(&self) {
        self.tell("start", "ready");
    }

    /// It takes no new connections until this goes; those that are there go on.
    pub fn pause(&self) -> Paused<'_> {
        self.tell("pause", "paused");
        Paused(self)
    }

    fn tell(&self, word: &str, answer: &str) {
        let shell = self.shell.as_ref().expect("a server that the test has started");
        let mut shell = shell.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(shell.words, "{word}").expect("the shell listens");
        assert!(shell.heard(answer), "the server did not {word}");
    }
}

impl Shell {
    fn heard(&mut self, word: &str) -> bool {
        let mut line = String::new();
        self.says.read_line(&mut line).is_ok_and(|_| line.trim() == word)
    }
}

fn shell(arguments: &[&str]) -> Shell {
    // a server refuses to be root
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    let mut command = Command::new(if is_root { "setpriv" } else { "sh" });
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "sh"]);
    }
    let command = command.args(["-c", SCRIPT, "sh"]).args(arguments).current_dir("/");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
    let (words, says) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    Shell { _child: child, words, says: BufReader::new(says) }
}
