//! Lanes in Chromium, Firefox and WebKitGTK.
//!
//! Each file is one concern; each of its tests is one browser that is told the whole story. Browsers take turns.

mod cancel;
mod experiments;
mod failures;
mod framed;
mod look;
mod plain;
mod random_messages;
mod random_queries;
mod service_worker;
mod strategies;
