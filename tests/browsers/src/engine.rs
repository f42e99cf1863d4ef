//! The three engines: which programs they are, and how each wants to be started.
//!
//! Everything about one engine that differs from the others is here; whatever is said elsewhere holds for all.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// A browser engine, with the browser and the driver that stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, by WebKitWebDriver.
    WebKit,
}

/// For a headless Chromium that may run as root, talks to nobody, and lets a test change its address as often as it
/// likes (the last one; otherwise 200 times in 30 seconds).
const CHROMIUM_ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-ipc-flooding-protection",
];

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The command that starts its driver on this port; the driver starts the browser.
    pub(crate) fn driver(self, port: u16) -> Command {
        let (program_name, port_arguments) = match self {
            Self::Chromium => ("chromedriver", vec![format!("--port={port}")]),
            Self::Firefox => ("geckodriver", vec!["--port".into(), port.to_string(), "--log".into(), "fatal".into()]),
            Self::WebKit => ("WebKitWebDriver", vec![format!("--port={port}")]),
        };
        let mut command = Command::new(program(self, &[program_name]));
        command.args(port_arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if self == Self::WebKit {
            // isolated or not, WebKitGTK has no SharedArrayBuffer without it
            command.env("JSC_useSharedArrayBuffer", "1");
        }
        command
    }

    /// Whether it can only be started where there is a display.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::WebKit
    }

    /// What to ask of its driver for a new session in a profile of its own.
    pub(crate) fn capabilities(self, profile: &Path) -> Value {
        match self {
            Self::Chromium => {
                let mut arguments: Vec<_> = CHROMIUM_ARGUMENTS.map(String::from).into();
                arguments.push(format!("--user-data-dir={}", profile.display()));
                let binary = program(self, &["chromium", "chromium-browser", "google-chrome"]);
                json!({
                    "goog:chromeOptions": { "binary": binary, "args": arguments },
                    "goog:loggingPrefs": { "browser": "ALL" },
                })
            }
            Self::Firefox => {
                let binary = program(self, &["firefox-esr", "firefox"]);
                json!({ "moz:firefoxOptions": { "binary": binary, "args": ["-headless"] } })
            }
            // its driver knows where its MiniBrowser is
            Self::WebKit => json!({}),
        }
    }
}

/// The first of these programs that is on PATH.
pub(crate) fn program(engine: Engine, names: &[&str]) -> PathBuf {
    let folders: Vec<_> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file()).unwrap_or_else(|| {
        panic!("{engine:?} cannot be tested: there is no {} on PATH. `make setup` installs it.", names.join(" or "))
    })
}
