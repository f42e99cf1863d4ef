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
    /// The browser may use one core only, though it sees all of them.
    OneCore,
}
