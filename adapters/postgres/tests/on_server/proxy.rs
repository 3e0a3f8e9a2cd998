//! A way to the server that can be cut at any byte.
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// What is said of a COMMIT: the client's message, and the server's.
const COMMIT: [&[u8]; 2] = [b"Q\0\0\0\x0bCOMMIT\0", b"C\0\0\0\x0bCOMMIT\0"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Client,
    Server,
}

/// The connection ends behind so many bytes, counted from where a side begins to say COMMIT.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    pub side: Side,
    pub bytes: usize,
    /// The server does not hear that its client is gone, and is told the rest later.
    pub holds: bool,
}

pub struct Proxy {
    pub port: u16,
    armed: Arc<Mutex<Option<Cut>>>,
    /// Lets a server that was held hear the rest.
    pub rest: Sender<()>,
}

impl Proxy {
    /// To the server on this port.
    pub fn to(port: u16) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let own = listener.local_addr().expect("bound").port();
        let armed = Arc::new(Mutex::new(None));
        let (rest, held) = channel();
        let (cuts, held) = (armed.clone(), Arc::new(Mutex::new(held)));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port))).expect("the server is there");
                pass(Side::Client, (&client, &server), &cuts, &held);
                pass(Side::Server, (&server, &client), &cuts, &held);
            }
        });
        Proxy { port: own, armed, rest }
    }

    /// The next COMMIT is cut, once.
    pub fn cut(&self, cut: Cut) {
        *self.armed.lock().unwrap_or_else(PoisonError::into_inner) = Some(cut);
    }

    pub fn is_armed(&self) -> bool {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

fn pass(
    side: Side,
    (from, to): (&TcpStream, &TcpStream),
    cuts: &Arc<Mutex<Option<Cut>>>,
    held: &Arc<Mutex<Receiver<()>>>,
) {
    let (from, to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
    let (cuts, held) = (cuts.clone(), held.clone());
    std::thread::spawn(move || {
        let _ended = pump(side, from, to, &cuts, &held);
    });
}

fn pump(
    side: Side,
    mut from: TcpStream,
    mut to: TcpStream,
    cuts: &Mutex<Option<Cut>>,
    held: &Mutex<Receiver<()>>,
) -> std::io::Result<()> {
    let says = COMMIT[usize::from(side == Side::Server)];
    let (mut waiting, mut chunk) = (vec![], [0; 16 * 1024]);
    loop {
        let read = from.read(&mut chunk)?;
        if read == 0 {
            return to.shutdown(Shutdown::Write);
        }
        waiting.extend_from_slice(&chunk[..read]);
        let mut armed = cuts.lock().unwrap_or_else(PoisonError::into_inner);
        let of_this_side = armed.filter(|cut| cut.side == side);
        match (of_this_side, waiting.windows(says.len()).position(|part| part == says)) {
            (Some(cut), Some(begins)) if waiting.len() >= begins + cut.bytes => {
                *armed = None;
                drop(armed);
                return end(side, &cut, begins, (&waiting, from, to), held);
            }
            // the rest of what is waited for
            (Some(_), Some(_)) => {}
            _ => {
                let kept = if of_this_side.is_some() { begun(&waiting, says) } else { 0 };
                to.write_all(&waiting[..waiting.len() - kept])?;
                waiting.drain(..waiting.len() - kept);
            }
        }
    }
}

/// How many bytes at the end may be the beginning of what is looked for.
fn begun(waiting: &[u8], says: &[u8]) -> usize {
    (1..says.len()).rev().find(|length| waiting.ends_with(&says[..*length])).unwrap_or(0)
}

fn end(
    side: Side,
    cut: &Cut,
    begins: usize,
    (waiting, mut from, mut to): (&[u8], TcpStream, TcpStream),
    held: &Mutex<Receiver<()>>,
) -> std::io::Result<()> {
    to.write_all(&waiting[..begins + cut.bytes])?;
    let (client, mut server) = if side == Side::Client { (&mut from, to) } else { (&mut to, from) };
    client.shutdown(Shutdown::Both)?;
    if cut.holds {
        let _said = held.lock().unwrap_or_else(PoisonError::into_inner).recv();
        server.write_all(&waiting[begins + cut.bytes..])?;
    }
    // not closed while it may still read: it would forget what it has not read yet
    server.shutdown(Shutdown::Write)?;
    let mut rest = vec![];
    server.read_to_end(&mut rest).map(|_| ())
}
