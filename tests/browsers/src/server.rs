//! A host on a port of its own, which can be told to fail, and remembers what it was asked for.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Request, Response};

use crate::Fault;
use crate::site::{Found, Site};

/// Requests answered at once; a browser asks for several files at a time.
const THREADS: usize = 4;

/// A running host; it ends when dropped.
pub struct Server {
    desk: Arc<Desk>,
    port: u16,
    threads: Vec<JoinHandle<()>>,
}

struct Desk {
    http: tiny_http::Server,
    site: Site,
    fault: Mutex<Option<Fault>>,
    asked: Mutex<Vec<String>>,
}

impl Server {
    /// Starts to serve `site`.
    ///
    /// # Panics
    /// When there is no port to be had.
    pub fn start(site: Site) -> Self {
        let http = tiny_http::Server::http("127.0.0.1:0").expect("some port is free");
        let port = http.server_addr().to_ip().expect("it listens on an IP address").port();
        let desk = Arc::new(Desk { http, site, fault: Mutex::default(), asked: Mutex::default() });
        let serve = |_| {
            let desk = desk.clone();
            thread::spawn(move || desk.serve())
        };
        let threads = (0..THREADS).map(serve).collect();
        Self { desk, port, threads }
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

    /// Is well again.
    pub fn heal(&self) {
        *self.desk.fault.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The paths it was asked for until now, in order.
    pub fn asked(&self) -> Vec<String> {
        self.desk.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.threads.iter().for_each(|_| self.desk.http.unblock());
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

impl Desk {
    fn serve(&self) {
        // an error is how `unblock` ends it
        while let Ok(request) = self.http.recv() {
            let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
            let found = self.answer(&path, &request);
            self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(path);
            self.respond(request, found);
        }
    }

    fn answer(&self, path: &str, request: &Request) -> Option<Found> {
        let as_service_worker = request.headers().iter().any(|header| header.field.equiv("Service-Worker"));
        if as_service_worker && !self.site.takes_service_worker() {
            return None;
        }
        let Found { mime, body } = self.site.find(path)?;
        let fault = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        let body = fault.map_or(Some(body.clone()), |fault| fault.apply(path, body))?;
        Some(Found { mime, body })
    }

    fn respond(&self, request: Request, found: Option<Found>) {
        let status = if found.is_some() { 200 } else { 404 };
        let Found { mime, body } = found.unwrap_or(Found { mime: "text/plain", body: b"not found".into() });
        let site = self.site.headers().iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // never kept: a fault must not outlive its healing
        let own = [("Content-Type", mime), ("Cache-Control", "no-store")];
        let headers = site.filter(|(name, _)| !name.eq_ignore_ascii_case("Cache-Control")).chain(own);
        let headers = headers.filter_map(|(name, value)| Header::from_bytes(name, value).ok());
        let response = headers.fold(Response::from_data(body), Response::with_header).with_status_code(status);
        // a browser that went away meanwhile does not want the answer
        request.respond(response).ok();
    }
}
