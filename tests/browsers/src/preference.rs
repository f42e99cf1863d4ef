//! What a visitor has set in the browser before the page is opened.

/// A visitor's setting. Each engine sets it in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// The browser is as it was installed.
    None,
    /// The visitor prefers reduced motion.
    ReducedMotion,
    /// Pages may run no JavaScript. Not for WebKit, whose driver needs JavaScript.
    NoJavaScript,
    /// No letter may be smaller than this, in pixels. Chromium and Firefox.
    LeastLetters(u32),
    /// The size of letters where a page does not set it, in pixels. Chromium and Firefox.
    Letters(u32),
    /// The zoom of texts alone, in per cent. Firefox only.
    TextZoom(u32),
    /// Pages are shown in the visitor's own colours, white on black. Firefox only.
    OwnColours,
    /// The largest number of workers that the browser runs at a time. Firefox only.
    Workers(usize),
    /// The browser may use only the first cores, this many, though it may see all of them.
    Cores(usize),
    /// Like [`Cores`](Preference::Cores); besides, the browser hides what could tell visitors apart: its clocks move in
    /// large steps. Firefox only.
    CoresAndCoarseClock(usize),
}
