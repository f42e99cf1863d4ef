//! The three engines: their programs, and how each is started.
//!
//! Everything in which one engine differs from the others is here; statements elsewhere hold for all engines.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::{Value, json};

use crate::Preference;

/// A browser engine, which stands for one browser and its driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, by WebKitWebDriver.
    WebKit,
}

/// Arguments for a headless Chromium that may run as root, contacts no servers of its own accord, and lets a test
/// change the page's address any number of times (the last one; the usual limit is 200 times in 30 seconds).
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

    /// The command that starts the engine's driver on this port; the driver starts the browser. Settings that the two
    /// read at start are written to `folder`, which also gets the downloads (see [`downloads`]).
    pub(crate) fn driver(self, port: u16, folder: &Path, preference: Preference) -> Command {
        let (program_name, port_arguments) = match self {
            Self::Chromium => ("chromedriver", vec![format!("--port={port}")]),
            Self::Firefox => ("geckodriver", vec!["--port".into(), port.to_string(), "--log".into(), "fatal".into()]),
            Self::WebKit => ("WebKitWebDriver", vec![format!("--port={port}")]),
        };
        let driver = program(self, &[program_name]);
        let mut command = match preference {
            Preference::Cores(cores) | Preference::CoresAndCoarseClock(cores) => {
                let mut command = Command::new("taskset");
                command.args(["-c", &format!("0-{}", cores - 1)]).arg(driver);
                command
            }
            _ => Command::new(driver),
        };
        command.args(port_arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if self == Self::WebKit {
            // without this, WebKitGTK has no SharedArrayBuffer, isolated or not
            command.env("JSC_useSharedArrayBuffer", "1");
            // On a machine without a graphics card, WebKitGTK would have Mesa emulate one, which takes most of two
            // cores whenever something moves. With this setting it draws without one.
            command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
            command.env("XDG_CONFIG_HOME", desktop(folder, preference));
        }
        command
    }

    /// Whether it can only be started where there is a display.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::WebKit
    }

    /// The capabilities to request from the driver for a new session with a profile in `folder`.
    pub(crate) fn capabilities(self, folder: &Path, preference: Preference) -> Value {
        let downloads = downloads(folder);
        match self {
            Self::Chromium => {
                let mut arguments: Vec<_> = CHROMIUM_ARGUMENTS.map(String::from).into();
                arguments.push(format!("--user-data-dir={}", folder.join("profile").display()));
                if preference == Preference::ReducedMotion {
                    arguments.push("--force-prefers-reduced-motion".into());
                }
                // 1 allows, 2 forbids
                let javascript = if preference == Preference::NoJavaScript { 2 } else { 1 };
                let mut preferences = json!({
                    "download.default_directory": downloads,
                    "profile.managed_default_content_settings.javascript": javascript,
                });
                match preference {
                    Preference::LeastLetters(size) => preferences["webkit.webprefs.minimum_font_size"] = size.into(),
                    Preference::Letters(size) => preferences["webkit.webprefs.default_font_size"] = size.into(),
                    _ => {}
                }
                let binary = self.binary();
                json!({
                    "goog:chromeOptions": { "binary": binary, "args": arguments, "prefs": preferences },
                    "goog:loggingPrefs": { "browser": "ALL" },
                })
            }
            Self::Firefox => {
                let binary = self.binary();
                let mut preferences = json!({
                    "browser.download.folderList": 2, // the folder that is named next
                    "browser.download.dir": downloads,
                    // no limit, where the usual one is 200 in 10 seconds
                    "dom.navigation.navigationRateLimit.count": 0,
                    "dom.workers.maxPerDomain": if let Preference::Workers(most) = preference { most } else { 512 },
                    "javascript.enabled": preference != Preference::NoJavaScript,
                    "privacy.resistFingerprinting": matches!(preference, Preference::CoresAndCoarseClock(_)),
                    "ui.prefersReducedMotion": i32::from(preference == Preference::ReducedMotion),
                });
                match preference {
                    Preference::LeastLetters(size) => preferences["font.minimum-size.x-western"] = size.into(),
                    Preference::Letters(size) => {
                        preferences["font.size.variable.x-western"] = size.into();
                        preferences["font.size.monospace.x-western"] = size.into();
                    }
                    Preference::TextZoom(per_cent) => {
                        preferences["browser.display.os-zoom-behavior"] = 2.into(); // 1 would zoom the whole page
                        preferences["ui.textScaleFactor"] = per_cent.into();
                    }
                    Preference::OwnColours => {
                        preferences["browser.display.document_color_use"] = 2.into(); // never the page's
                        preferences["browser.display.use_system_colors"] = false.into();
                        preferences["browser.display.foreground_color"] = "#FFFFFF".into();
                        preferences["browser.display.background_color"] = "#000000".into();
                        // else links have the usual blue, which is unreadable on black
                        for link in ["browser.anchor_color", "browser.visited_color", "browser.active_color"] {
                            preferences[link] = "#FFFF00".into();
                        }
                    }
                    _ => {}
                }
                json!({ "moz:firefoxOptions": { "binary": binary, "args": ["-headless"], "prefs": preferences } })
            }
            // the driver knows where its MiniBrowser is
            Self::WebKit => json!({}),
        }
    }
}

impl Engine {
    /// The path of the browser's program; for WebKit that of the driver, which knows where its browser is.
    pub fn binary(self) -> PathBuf {
        match self {
            Self::Chromium => program(self, &["chromium", "chromium-browser", "google-chrome"]),
            Self::Firefox => program(self, &["firefox-esr", "firefox"]),
            Self::WebKit => program(self, &["WebKitWebDriver"]),
        }
    }
}

/// Where a browser whose profile is in `folder` saves files.
pub(crate) fn downloads(folder: &Path) -> PathBuf {
    folder.join("downloads")
}

/// Writes desktop settings, which WebKitGTK follows, and returns their folder.
fn desktop(folder: &Path, preference: Preference) -> PathBuf {
    let settings = folder.join("config");
    let animations = preference != Preference::ReducedMotion;
    let files = [
        ("gtk-3.0/settings.ini", format!("[Settings]\ngtk-enable-animations={animations}\n")),
        ("user-dirs.dirs", format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads(folder).display())),
    ];
    for (name, text) in files {
        let file = settings.join(name);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("the folder is ours");
        fs::write(file, text).expect("the folder is ours");
    }
    settings
}

/// The path of the first of these programs that is on PATH.
pub(crate) fn program(engine: Engine, names: &[&str]) -> PathBuf {
    let folders: Vec<_> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file()).unwrap_or_else(|| {
        panic!("{engine:?} cannot be tested: there is no {} on PATH. `make setup` installs it.", names.join(" or "))
    })
}
