//! Lanes in real browsers: three engines, each driven through its own WebDriver server, and a host for the built page,
//! which can work well or badly.
//!
//! A test is a story that is told to one [`Browser`] ([`visit_any`], [`visit`]); a [`Server`] hosts a [`Site`] for it,
//! and a [`Page`] is the opened page as a deck sees it: through its messages. Of Lanes' internals, nothing here knows
//! more than its [`Report`].
//!
//! [`Report`]: lab::report::Report

pub mod alive;
mod bent_clock;
mod browser;
mod engine;
mod fault;
pub mod first_load;
mod frames;
mod group;
mod kept;
mod page;
mod preference;
mod server;
mod site;
mod visit;

pub use bent_clock::BentClock;
pub use browser::Browser;
pub use engine::Engine;
pub use fault::Fault;
pub use frames::{Frames, run_counting_frames};
pub use group::Group;
pub use page::{Capabilities, Outcome, Page, StrategyOffer};
pub use preference::Preference;
pub use server::Server;
pub use site::{Frame, Site, built};
pub use visit::{visit, visit_alone, visit_any, visit_preferring};

/// Makes a test of `story` for each engine, named after the engine; a visitor with a [`Preference`] has a new browser.
#[macro_export]
macro_rules! in_every_engine {
    ($story:path) => {
        $crate::in_every_engine!(by $crate::visit_any, $story);
    };
    ($story:path, $preference:path) => {
        $crate::in_every_engine!(by |engine, story| $crate::visit_preferring($preference, engine, story), $story);
    };
    (by $visit:expr, $story:path) => {
        #[test]
        fn chromium() {
            $visit($crate::Engine::Chromium, $story);
        }
        #[test]
        fn firefox() {
            $visit($crate::Engine::Firefox, $story);
        }
        #[test]
        fn webkit() {
            $visit($crate::Engine::WebKit, $story);
        }
    };
}
