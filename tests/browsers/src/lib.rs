//! Lanes in real browsers: three engines, each driven through its own WebDriver server, and a host for the built page,
//! which can work well or badly.
//!
//! A test is a story that [`visit`] runs in one [`Browser`]; a [`Server`] hosts a [`Site`] for it, and a [`Page`] is
//! the opened page as a deck sees it: through its messages. Of Lanes' internals, nothing here knows more than its
//! [`Report`].
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
mod page;
mod preference;
mod server;
mod site;

pub use bent_clock::BentClock;
pub use browser::{Browser, visit, visit_alone, visit_preferring};
pub use engine::Engine;
pub use fault::Fault;
pub use frames::{Frames, run_counting_frames};
pub use group::Group;
pub use page::{Capabilities, Outcome, Page, StrategyOffer};
pub use preference::Preference;
pub use server::Server;
pub use site::{Frame, Site, built};

/// Makes a test of `story` for each engine, named after the engine; the visitor may have a [`Preference`].
#[macro_export]
macro_rules! in_every_engine {
    ($story:path) => {
        $crate::in_every_engine!($story, $crate::Preference::None);
    };
    ($story:path, $preference:path) => {
        #[test]
        fn chromium() {
            $crate::visit_preferring($preference, $crate::Engine::Chromium, $story);
        }
        #[test]
        fn firefox() {
            $crate::visit_preferring($preference, $crate::Engine::Firefox, $story);
        }
        #[test]
        fn webkit() {
            $crate::visit_preferring($preference, $crate::Engine::WebKit, $story);
        }
    };
}
