//! The README's tour, as printed: each command is run against a real process, and its answer must be the one that is shown.
use process::{Nadul, embedded_only};
use std::fs::File;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use tidy::pages::{self, Block};

const WAIT_LIMIT: Duration = Duration::from_secs(20);

/// A command of the page with what it shows of its answer, if it does.
struct Stop {
    line: usize,
    /// Which part of the tour: nothing, `after` it has ended, or with all `five`.
    part: String,
    command: String,
    shown: Option<String>,
}

fn stops(page: &str) -> Vec<Stop> {
    let blocks = pages::blocks(page);
    let shown = |at: usize| blocks.get(at + 1).filter(|next: &&Block| !next.info.starts_with("sh"));
    let tour = blocks.iter().enumerate().filter(|(_, block)| block.info.starts_with("sh tour"));
    let stop = |(at, block): (usize, &Block)| Stop {
        line: block.line,
        part: block.info.trim_start_matches("sh tour").trim().to_string(),
        command: block.text.clone(),
        shown: shown(at).map(|block| block.text.clone()),
    };
    tour.map(stop).collect()
}

/// Where the tour runs instead of where the page says.
struct Places(Vec<(&'static str, String)>);

impl Places {
    fn of(url: &str, folder: &Path) -> Places {
        let path = |name: &str| folder.join(name).display().to_string();
        Places(vec![
            ("target/release/nadul", env!("CARGO_BIN_EXE_nadul").to_string()),
            ("localhost:8088", url.trim_start_matches("http://").to_string()),
            ("/tmp/nadul-tour-backup", path("backup")),
            ("/tmp/nadul-tour", path("taxi")),
        ])
    }

    fn here(&self, text: &str) -> String {
        self.0.iter().fold(text.to_string(), |text, (page, here)| text.replace(page, here))
    }

    fn as_on_the_page(&self, text: &str) -> String {
        self.0.iter().fold(text.to_string(), |text, (page, here)| text.replace(here.as_str(), page))
    }
}

fn shell(nadul: &Nadul, command: &str) -> String {
    let output = nadul.bare("sh").args(["-c", command]).output().expect("a shell");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Reading can be done again until what was asked for has come about, and so can what has a key; everything else is done once.
fn repeats(command: &str) -> bool {
    let reads = command.starts_with("curl") && ![" -d ", " -X "].iter().any(|flag| command.contains(flag));
    reads || command.contains("Idempotency-Key")
}

fn walk(nadul: &Nadul, stop: &Stop, places: &Places) -> Result<(), String> {
    let until = Instant::now() + WAIT_LIMIT;
    loop {
        let answer = places.as_on_the_page(&shell(nadul, &places.here(&stop.command)));
        let Some(shown) = &stop.shown else { return Ok(()) };
        if pages::as_shown(shown, &answer) {
            return Ok(());
        }
        if !repeats(&stop.command) || Instant::now() > until {
            return Err(format!("README.md:{}\n{}\nshows\n{shown}\nanswers\n{answer}", stop.line, stop.command));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The process of the tour. It is killed when the tour ends, however it ends.
struct Running(Child);

impl Running {
    fn start(nadul: &Nadul, systems: &[&str], data: &str) -> (Running, String) {
        let (data, log) = (nadul.path().join(data), nadul.path().join(format!("{data}.log")));
        let mut child = nadul
            .command(&["run"])
            .args(systems)
            .args(["--set", "http.gateway_port=0", "--set", "http.context_ports=any", "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(File::create(&log).expect("a file for its log"))
            .spawn()
            .expect("the binary starts");
        let url = url(nadul, &mut child, &data.join("running.json"), &log);
        (Running(child), url)
    }

    /// As kill −9 does.
    fn kill(&mut self) {
        let _already_gone = self.0.kill();
        let _already_waited = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Where the process says it is found, once it is ready.
fn url(nadul: &Nadul, child: &mut Child, note: &Path, log: &Path) -> String {
    let until = Instant::now() + WAIT_LIMIT;
    let mut ended = None;
    while ended.is_none() && Instant::now() < until {
        let running: Option<serde_json::Value> =
            std::fs::read(note).ok().and_then(|text| serde_json::from_slice(&text).ok());
        if let Some(url) = running.as_ref().and_then(|running| running["url"].as_str())
            && shell(nadul, &format!("curl -s {url}/health/ready")).contains("\"ready\"")
        {
            return url.to_string();
        }
        ended = child.try_wait().expect("it can be waited for");
        std::thread::sleep(Duration::from_millis(50));
    }
    let _already_gone = child.kill();
    let words = std::fs::read_to_string(log).unwrap_or_default();
    panic!("the process did not get ready within {WAIT_LIMIT:?}; it ended: {ended:?}; its log:\n{words}");
}

#[test]
fn the_tour_is_as_the_readme_prints_it() {
    embedded_only!("it is about the process of nadul run: its arguments, output, limits and socket");
    let page = std::fs::read_to_string(tidy::root().join("README.md")).expect("there is a README");
    let stops = stops(&page);
    assert!(stops.len() > 20, "the tour has only {} stops", stops.len());
    let nadul = Nadul::new();
    let walked = |part: &str, url: &str| -> Vec<String> {
        let places = Places::of(url, nadul.path());
        stops.iter().filter(|stop| stop.part == part).filter_map(|stop| walk(&nadul, stop, &places).err()).collect()
    };
    let (mut running, url) = Running::start(&nadul, &["taxi"], "taxi");
    let mut wrong = walked("", &url);
    running.kill();
    wrong.extend(walked("after", &url));
    let (_running, url) = Running::start(&nadul, &[], "five");
    wrong.extend(walked("five", &url));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}
