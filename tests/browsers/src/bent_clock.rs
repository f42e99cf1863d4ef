//! Clocks that are wrong: coarse, noisy, shifted or standing still, on the page or in some of its workers.
//!
//! A script that starts a context is changed as it is sent, so the page itself is the shipped one.

/// Scripts that start contexts, each with a JavaScript condition that is true in contexts whose clock is bent: the
/// script that starts the page, the one that starts run workers and processes, and the one that starts a pool of
/// threads and that the threads themselves start with.
type Contexts = &'static [(&'static str, &'static str)];

const PAGE: (&str, &str) = ("start.js", "true");
const WORKERS: (&str, &str) = ("worker.js", "true");
const THREADS: (&str, &str) = ("workerHelpers.no-bundler.js", "!self.name && !self.window");
/// The second process that a run worker starts; the run worker gives it another name for that.
const SECOND_PROCESS: (&str, &str) = (
    "worker.js",
    "(() => { if (self.name === 'run worker') { const Usual = Worker; let count = 0; \
     self.Worker = class extends Usual { constructor(url, options) { \
     super(url, { ...options, name: ++count === 2 ? 'the second' : options.name }); } }; } \
     return self.name === 'the second'; })()",
);

/// A fault of the clocks in some contexts.
#[derive(Debug, Clone)]
pub struct BentClock {
    contexts: Contexts,
    /// What `performance.now` returns when the real clock shows `time`: a JavaScript expression.
    now: String,
    /// The milliseconds added to `performance.timeOrigin`.
    shift: f64,
}

impl BentClock {
    /// The clock of every context shows `now`, a JavaScript expression, instead of `time`.
    pub fn everywhere(now: &str) -> Self {
        Self { contexts: &[PAGE, WORKERS, THREADS], now: now.into(), shift: 0.0 }
    }

    /// The clock of the run worker shows `now`, a JavaScript expression, instead of `time`.
    pub fn of_run_worker(now: &str) -> Self {
        Self { contexts: &[("worker.js", "self.name === 'run worker'")], now: now.into(), shift: 0.0 }
    }

    /// The page's time origin is shifted by this many milliseconds.
    pub fn shifted_page(by: f64) -> Self {
        Self { contexts: &[PAGE], now: "time".into(), shift: by }
    }

    /// The time origin of each run's second process is shifted by this many milliseconds.
    pub fn shifted_process(by: f64) -> Self {
        Self { contexts: &[SECOND_PROCESS], now: "time".into(), shift: by }
    }

    /// The time origin of all pool threads is shifted by this many milliseconds.
    pub fn shifted_threads(by: f64) -> Self {
        Self { contexts: &[THREADS], now: "time".into(), shift: by }
    }

    /// The code that is put before this file, if any.
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
