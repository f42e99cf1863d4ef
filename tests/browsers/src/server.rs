//! A host on a port of its own, which can be told to fail, and remembers what it was asked for.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

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

use crate::first_load::gzip;
use crate::site::{Found, Site};
use crate::{BentClock, Fault};

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
    asked: Mutex<Vec<String>>,
    /// What was compressed already, by its path.
    compressed: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Server {
    /// Starts to serve `site`.
    ///
    /// # Panics
    /// When there is no port to be had.
    pub fn start(site: Site) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = listener.local_addr().expect("it listens").port();
        let desk = Arc::new(Desk {
            site,
            fault: Mutex::default(),
            clock: Mutex::default(),
            asked: Mutex::default(),
            compressed: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let serving = desk.clone();
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_io().build().expect("a thread can wait for sockets");
            let serve = async move { drop(select(Box::pin(serving.serve(listener)), stopped).await) };
            LocalSet::new().block_on(&runtime, serve);
        });
        Self { desk, port, stop: Some(stop), thread: Some(thread) }
    }

    /// The address of its first page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// The same under another name, which to a browser is another site.
    pub fn other_address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// Fails from now on.
    pub fn fail(&self, fault: Fault) {
        *self.desk.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    /// From now on, contexts that start have this clock.
    pub fn bend(&self, clock: BentClock) {
        *self.desk.clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(clock);
    }

    /// Is well again.
    pub fn heal(&self) {
        *self.desk.fault.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.desk.clock.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The paths it was asked for until now, in order.
    pub fn asked(&self) -> Vec<String> {
        self.desk.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
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
            stream.set_nodelay(true).ok();
            let desk = self.clone();
            let answer = service_fn(move |request| {
                let response = desk.respond(&request);
                async { Ok::<_, Infallible>(response) }
            });
            // a browser that went away meanwhile does not want the answer
            spawn_local(async { http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await.ok() });
        }
    }

    fn respond(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let found = self.answer(request);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.uri().path().to_owned());
        let status = if found.is_some() { 200 } else { 404 };
        let Found { mime, body } = found.unwrap_or(Found { mime: "text/plain", body: b"not found".into() });
        let site = self.site.headers().iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // never kept: a fault must not outlive its healing
        let own = [("Content-Type", mime), ("Cache-Control", "no-store")];
        let headers = site.filter(|(name, _)| !name.eq_ignore_ascii_case("Cache-Control")).chain(own);
        let response = Response::builder().status(status);
        let (body, response) = match self.site.is_compressed() {
            true => (self.compress(request.uri().path(), body), response.header("Content-Encoding", "gzip")),
            false => (body, response),
        };
        let response = headers.fold(response, |response, (name, value)| response.header(name, value));
        response.body(Full::from(body)).expect("the site's headers are legal")
    }

    /// Once for each path: it takes long, and a host does it beforehand. With a fault it would be wrong, and nobody who sets
    /// one wants anything compressed.
    fn compress(&self, path: &str, body: Vec<u8>) -> Vec<u8> {
        let mut known = self.compressed.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(path.to_owned()).or_insert_with(|| gzip(&body)).clone()
    }

    fn answer(&self, request: &Request<Incoming>) -> Option<Found> {
        if request.headers().contains_key("Service-Worker") && !self.site.takes_service_worker() {
            return None;
        }
        let path = request.uri().path();
        let Found { mime, body } = self.site.find(path)?;
        let fault = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        let body = fault.map_or(Some(body.clone()), |fault| fault.apply(path, body))?;
        let clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let body = clock.map_or(body.clone(), |clock| clock.apply(path, body));
        Some(Found { mime, body })
    }
}
