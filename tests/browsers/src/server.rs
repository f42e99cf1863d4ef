//! A host on a port of its own, which can be made to fail, and which logs the requested paths.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use futures_util::future::select;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::{LocalSet, spawn_local};

use crate::fault::Instead;
use crate::first_load::gzip;
use crate::site::{Found, Site};
use crate::{BentClock, Fault};

/// The path of the code that runs before a script with a switch.
const SWITCH: &str = "/switch/";
/// The scripts with a switch: of run workers and processes, of threads, and of the analyst.
const SWITCHED: [&str; 3] = ["worker.js", "workerHelpers.no-bundler.js", "analysis.js"];

/// A running host; it ends when dropped.
pub struct Server {
    desk: Arc<Desk>,
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Desk {
    site: Site,
    fault: Mutex<Option<Fault>>,
    clock: Mutex<Option<BentClock>>,
    /// The delay of each answer.
    late: Mutex<Duration>,
    /// Whether the host is unreachable.
    gone: AtomicBool,
    asked: Mutex<Vec<String>>,
    /// Compressed bodies, by path.
    compressed: Mutex<BTreeMap<String, Vec<u8>>>,
}

/// Listens on a port that no server of this process had before: browsers keep storage and service workers by origin, and
/// [kept browsers](crate::kept) outlive servers.
fn listen() -> (TcpListener, u16) {
    static HAD: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut others = Vec::new(); // held until there is a new one, so that none of them is offered again
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = listener.local_addr().expect("it listens").port();
        if lock(&HAD).insert(port) {
            return (listener, port);
        }
        others.push(listener);
    }
}

impl Server {
    /// Starts to serve `site`.
    ///
    /// # Panics
    /// When no port is free.
    pub fn start(site: Site) -> Self {
        let (listener, port) = listen();
        let desk = Arc::new(Desk {
            site,
            fault: Mutex::default(),
            clock: Mutex::default(),
            late: Mutex::default(),
            gone: AtomicBool::default(),
            asked: Mutex::default(),
            compressed: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let serving = desk.clone();
        let thread = thread::spawn(move || {
            let runtime =
                Builder::new_current_thread().enable_all().build().expect("a thread can wait for sockets and timers");
            let serve = async move { drop(select(Box::pin(serving.serve(listener)), stopped).await) };
            LocalSet::new().block_on(&runtime, serve);
        });
        Self { desk, port, stop: Some(stop), thread: Some(thread) }
    }

    /// Starts to serve `site` with a switch in each script that workers start with: [faults](Fault) and
    /// [clocks](BentClock) of these scripts take effect from the next worker on, until [healed](Self::heal), although
    /// the page loads each script only once.
    pub fn with_switches(site: Site) -> Self {
        Self::start(site.with_switches())
    }

    /// The address of its first page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// The same address under another host name, which is another site to a browser.
    pub fn other_address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// From now on, sends files with this fault.
    pub fn fail(&self, fault: Fault) {
        *lock(&self.desk.fault) = Some(fault);
    }

    /// From now on, contexts that start have this clock.
    pub fn bend(&self, clock: BentClock) {
        *lock(&self.desk.clock) = Some(clock);
    }

    /// From now on, delays each answer by `by`.
    pub fn answer_late(&self, by: Duration) {
        *lock(&self.desk.late) = by;
    }

    /// From now on the host is unreachable, as without a network.
    pub fn vanish(&self) {
        self.desk.gone.store(true, Relaxed);
    }

    /// Ends all faults, bent clocks, delays and unreachability.
    pub fn heal(&self) {
        *lock(&self.desk.fault) = None;
        *lock(&self.desk.clock) = None;
        *lock(&self.desk.late) = Duration::ZERO;
        self.desk.gone.store(false, Relaxed);
    }

    /// The paths requested so far, in order.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.desk.asked).clone()
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        self.thread.take().map(JoinHandle::join);
    }
}

impl Desk {
    /// Answers every connection at once: a browser asks for several files at a time, and keeps its connections.
    async fn serve(self: Arc<Self>, listener: TcpListener) {
        listener.set_nonblocking(true).expect("a socket can be waited for");
        let listener = tokio::net::TcpListener::from_std(listener).expect("the runtime waits for sockets");
        while let Ok((stream, _)) = listener.accept().await {
            if self.gone.load(Relaxed) {
                continue;
            }
            stream.set_nodelay(true).ok();
            let desk = self.clone();
            let answer = service_fn(move |request| {
                // an error closes a connection that the browser kept open, without an answer
                let gone = desk.gone.load(Relaxed).then(|| io::Error::from(io::ErrorKind::ConnectionReset));
                let response = gone.map_or_else(|| Ok(desk.respond(&request)), Err);
                let late = *lock(&desk.late);
                async move {
                    tokio::time::sleep(late).await;
                    response
                }
            });
            // a browser that went away meanwhile does not want the answer
            spawn_local(async { http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await.ok() });
        }
    }

    fn respond(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let found = self.answer(request);
        lock(&self.asked).push(request.uri().path().to_owned());
        let status = if found.is_some() { 200 } else { 404 };
        let Found { mime, body } = found.unwrap_or(Found { mime: "text/plain", body: b"not found".into() });
        let site = self.site.headers().iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // browsers cache nothing unless the site says so: a fault must not outlive its healing
        let kept = if self.site.is_kept(request.uri().path()) { "no-cache" } else { "no-store" };
        let own = [("Content-Type", mime), ("Cache-Control", kept)];
        let headers = site.filter(|(name, _)| !name.eq_ignore_ascii_case("Cache-Control")).chain(own);
        let response = Response::builder().status(status);
        let (body, response) = match self.site.is_compressed() {
            true => (self.compress(request.uri().path(), body), response.header("Content-Encoding", "gzip")),
            false => (body, response),
        };
        let response = headers.fold(response, |response, (name, value)| response.header(name, value));
        response.body(Full::from(body)).expect("the site's headers are legal")
    }

    /// Compresses each path's body once, because compression is slow and a real host does it beforehand. A fault would
    /// make the stored body wrong; no test combines faults and compression.
    fn compress(&self, path: &str, body: Vec<u8>) -> Vec<u8> {
        let mut known = lock(&self.compressed);
        known.entry(path.to_owned()).or_insert_with(|| gzip(&body)).clone()
    }

    fn answer(&self, request: &Request<Incoming>) -> Option<Found> {
        if request.headers().contains_key("Service-Worker") && !self.site.takes_service_worker() {
            return None;
        }
        let path = request.uri().path();
        let fault = *lock(&self.fault);
        let clock = lock(&self.clock).clone();
        let before = |file: &str| {
            let fault = fault.and_then(|fault| fault.before(file)).unwrap_or_default();
            clock.as_ref().and_then(|clock| clock.before(file)).unwrap_or_default() + fault
        };
        if let Some(file) = path.strip_prefix(SWITCH) {
            return Some(Found { mime: "text/javascript", body: before(file).into() });
        }
        let Found { mime, body } = self.site.find(path)?;
        let file = path.rsplit('/').next().unwrap_or_default();
        let before = if self.site.has_switches() && SWITCHED.contains(&file) {
            let host = request.headers().get("Host")?.to_str().ok()?;
            format!("import \"http://{host}{SWITCH}{file}\";\n")
        } else {
            before(file)
        };
        match fault.and_then(|fault| fault.instead(file)) {
            None => {
                let body = fault.map_or(body.clone(), |fault| fault.renamed(file, body));
                Some(Found { mime, body: [before.as_bytes(), &body].concat() })
            }
            Some(Instead::Nothing) => None,
            Some(Instead::Script(code)) => Some(Found { mime: "text/javascript", body: code.into() }),
            Some(Instead::Page(html)) => Some(Found { mime: "text/html", body: html.into() }),
        }
    }
}
