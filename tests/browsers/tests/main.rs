//! Lanes in Chromium, Firefox and WebKitGTK.
//!
//! Each file is one concern; each of its tests is one browser that the whole story is told to.

mod strategies;
