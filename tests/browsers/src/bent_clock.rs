//! Clocks that tell the time wrongly: coarse, noisy, shifted or standing still, on the page or in some of its workers.
//!
//! A script that starts a context is changed on its way out, so the page itself is the shipped one.

/// The script that starts the page, the one that starts run workers and processes, and the one that starts a pool of
/// threads and is started as them; with each, what tells whether the context is bent.
type Contexts = &'static [(&'static str, &'static str)];

const PAGE: (&str, &str) = ("start.js", "true");
const WORKERS: (&str, &str) = ("worker.js", "true");
const THREADS: (&str, &str) = ("workerHelpers.no-bundler.js", "!self.name && !self.window");
/// The second process that a run worker starts, which tells it apart for that.
const SECOND_PROCESS: (&str, &str) = (
    "worker.js",
    "(() => { if (self.name === 'run worker') { const Usual = Worker; let count = 0; \
     self.Worker = class extends Usual { constructor(url, options) { \
     super(url, { ...options, name: ++count === 2 ? 'the second' : options.name }); } }; } \
     return self.name === 'the second'; })()",
);

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
        Self { contexts: &[SECOND_PROCESS], now: "time".into(), shift: by }
    }

    /// All threads of pools did.
    pub fn shifted_threads(by: f64) -> Self {
        Self { contexts: &[THREADS], now: "time".into(), shift: by }
    }

    /// What comes before this file, if anything does.
    pub(crate) fn before(&self, file: &str) -> Option<String> {
        let (_, bent) = self.contexts.iter().find(|(name, _)| *name == file)?;
        let Self { now, shift, .. } = self;
        Some(format!(
            "if (({bent}) && !self.bent) {{ self.bent = true; const clock = performance.now.bind(performance); \
             const origin = performance.timeOrigin; \
             performance.now = () => {{ const time = clock(); return {now}; }}; \
             Object.defineProperty(performance, 'timeOrigin', {{ get: () => origin + ({shift}) }}); }}\n"
        ))
    }
}
