//! Clocks that tell the time wrongly: coarse, noisy, shifted or standing still, on the page or in some of its workers.
//!
//! A script that starts a context is changed on its way out, so the page itself is the shipped one.

/// The script that starts the page, the one that starts run workers and processes, and the one that starts a pool of
/// threads and is started as them; with each, what tells whether the context is bent.
type Contexts = &'static [(&'static str, &'static str)];

const PAGE: (&str, &str) = ("start.js", "true");
const WORKERS: (&str, &str) = ("worker.js", "true");
const THREADS: (&str, &str) = ("workerHelpers.no-bundler.js", "self.location.protocol === 'blob:'");

/// What is wrong with some clocks.
#[derive(Debug, Clone)]
pub struct BentClock {
    contexts: Contexts,
    /// What `performance.now` says when it is `time`, in JavaScript.
    now: String,
    /// What is added to `performance.timeOrigin`.
    shift: f64,
}

impl BentClock {
    /// Every context's clock says this instead of `time`.
    pub fn everywhere(now: &str) -> Self {
        Self { contexts: &[PAGE, WORKERS, THREADS], now: now.into(), shift: 0.0 }
    }

    /// The run worker's clock says this instead of `time`.
    pub fn of_run_worker(now: &str) -> Self {
        Self { contexts: &[("worker.js", "self.name === 'run worker'")], now: now.into(), shift: 0.0 }
    }

    /// The page began at another time, by so many milliseconds.
    pub fn shifted_page(by: f64) -> Self {
        Self { contexts: &[PAGE], now: "time".into(), shift: by }
    }

    /// The second process of each run did.
    pub fn shifted_process(by: f64) -> Self {
        let second = &[("worker.js", "self.name === 'process' && self.location.search === '?1'")];
        Self { contexts: second, now: "time".into(), shift: by }
    }

    /// All threads of pools did.
    pub fn shifted_threads(by: f64) -> Self {
        Self { contexts: &[THREADS], now: "time".into(), shift: by }
    }

    /// What becomes of a file on its way out.
    pub(crate) fn apply(&self, path: &str, body: Vec<u8>) -> Vec<u8> {
        let name = path.rsplit('/').next();
        let Some((_, bent)) = self.contexts.iter().find(|(file, _)| name == Some(file)) else { return body };
        let Self { now, shift, .. } = self;
        let code = format!(
            "if (({bent}) && !self.bent) {{ self.bent = true; const clock = performance.now.bind(performance); \
             const origin = performance.timeOrigin; \
             performance.now = () => {{ const time = clock(); return {now}; }}; \
             Object.defineProperty(performance, 'timeOrigin', {{ get: () => origin + ({shift}) }}); }}\n"
        );
        [code.as_bytes(), &body].concat()
    }
}
