//! Lanes in real browsers: three engines, each driven through its own WebDriver server, and a host for the built page
//! that can be well or badly behaved.
//!
//! A test is a story told to one [`Browser`] by [`visit`]; a [`Server`] hosts a [`Site`] for it, and a [`Page`] is the
//! opened page as a deck sees it: through its messages. Nothing here knows the inside of Lanes but its [`Report`].
//!
//! [`Report`]: lanes::report::Report

mod browser;
mod engine;
mod fault;
mod group;
mod page;
mod server;
mod site;

pub use browser::{Browser, visit};
pub use engine::Engine;
pub use fault::Fault;
pub use page::{Capabilities, Outcome, Page, StrategyOffer};
pub use server::Server;
pub use site::{Frame, Site};

/// Makes a test of `story` for each engine, named after it.
#[macro_export]
macro_rules! in_every_engine {
    ($story:path) => {
        #[test]
        fn chromium() {
            $crate::visit($crate::Engine::Chromium, $story);
        }
        #[test]
        fn firefox() {
            $crate::visit($crate::Engine::Firefox, $story);
        }
        #[test]
        fn webkit() {
            $crate::visit($crate::Engine::WebKit, $story);
        }
    };
}
