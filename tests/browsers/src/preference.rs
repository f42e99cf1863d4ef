//! What a visitor has set in the browser before the page is opened.

/// A visitor's setting; how each engine is told is the engine's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// The browser is as it was installed.
    None,
    /// Nothing should move that need not.
    ReducedMotion,
    /// Pages may run no JavaScript. WebKit's driver is made of JavaScript, and cannot do without.
    NoJavaScript,
    /// The browser starts no more workers at a time than these. Firefox only.
    Workers(usize),
    /// The browser may use this many cores only, the first, though it may see all of them.
    Cores(usize),
    /// The same, and the browser hides what could tell visitors apart: its clocks move in large steps. Firefox only.
    CoresAndCoarseClock(usize),
}
