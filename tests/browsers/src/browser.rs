//! One running browser with one WebDriver session, a profile of its own, and nothing left behind.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use thirtyfour::common::capabilities::desiredcapabilities::Capabilities;
use thirtyfour::error::{WebDriverError, WebDriverErrorInner, WebDriverResult};
use thirtyfour::{Rect, TimeoutConfiguration, WebDriver};

use crate::engine::{Engine, downloads, program};
use crate::group::{Group, name};
use crate::preference::Preference;

/// How long a driver may take to listen.
const START_LIMIT: Duration = Duration::from_secs(20);
/// How long a driver may take to notice that its page's process is gone.
const LOSS_LIMIT: Duration = Duration::from_secs(5);
/// How long a browser may take to write a small file.
const SAVE_LIMIT: Duration = Duration::from_secs(20);
/// How long one script may wait for the page; a run that takes longer counts as hanging.
const SCRIPT_LIMIT: Duration = Duration::from_secs(120);
/// How long one request to the driver may take: a little longer than a script, so that it is the driver that reports
/// what was late.
const REQUEST_LIMIT: Duration = Duration::from_secs(150);

/// A started browser. The order of its fields is the order in which its parts end.
#[derive(Debug)]
pub struct Browser {
    /// Which it is.
    pub engine: Engine,
    /// Its session.
    pub driver: WebDriver,
    /// The width and height of its window at the start, in pixels.
    pub(crate) size: [u32; 2],
    driver_process: Group,
    _display: Option<Group>,
    folder: TempDir,
}

/// The width and height of the window, in pixels.
pub(crate) async fn window_size(driver: &WebDriver) -> WebDriverResult<[u32; 2]> {
    let Rect { width, height, .. } = driver.get_window_rect().await?;
    Ok([width, height].map(|side| u32::try_from(side).unwrap_or_default()))
}

impl Browser {
    pub(crate) async fn start(engine: Engine, preference: Preference) -> Self {
        let folder = TempDir::with_prefix("lanes-").expect("there is a folder for temporary files");
        fs::create_dir(downloads(folder.path())).expect("the folder is ours");
        let port = free_port();
        let mut command = engine.driver(port, folder.path(), preference);
        // whatever the driver and its browser leave in temporary files goes with the folder
        command.env("TMPDIR", folder.path());
        let display = engine.needs_display().then(|| start_display(engine, &mut command));
        let driver_process = Group::start(&mut command, Some(folder.path()));
        wait_for(engine, port);
        let address = format!("http://127.0.0.1:{port}");
        let capabilities: Map<String, Value> = match engine.capabilities(folder.path(), preference) {
            Value::Object(capabilities) => capabilities,
            other => unreachable!("capabilities are an object, not {other}"),
        };
        let session = WebDriver::builder(address, Capabilities::from(capabilities)).request_timeout(REQUEST_LIMIT);
        let driver = session.await.unwrap_or_else(|error| panic!("{engine:?} gives no session: {error}"));
        let limits = TimeoutConfiguration::new(Some(SCRIPT_LIMIT), Some(SCRIPT_LIMIT), None);
        driver.update_timeouts(limits).await.expect("time limits are part of WebDriver");
        let size = window_size(&driver).await.expect("windows have sizes");
        Self { engine, driver, size, driver_process, _display: display, folder }
    }

    pub(crate) async fn quit(self) {
        // a browser that is already gone is ended with its group
        self.driver.clone().quit().await.ok();
    }

    /// Whether its driver has ended the session, as it does a moment after the page's process is gone. Until then the
    /// driver reports an unknown error.
    pub(crate) async fn has_lost_its_page(&self) -> bool {
        let began = Instant::now();
        loop {
            match self.driver.execute("return true", vec![]).await.map_err(WebDriverError::into_inner) {
                Err(WebDriverErrorInner::UnknownError(_)) if began.elapsed() < LOSS_LIMIT => {}
                answer => return matches!(answer, Err(WebDriverErrorInner::InvalidSessionId(_))),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Kills the process of its page, as a fault of the engine does; WebKit only.
    pub fn lose_page(&self) {
        for process in self.processes().into_iter().filter(|process| name(*process) == "WebKitWebProces") {
            kill_process(process, Signal::KILL).expect("it is ours");
        }
    }

    /// Where it saves files.
    pub(crate) fn downloads(&self) -> PathBuf {
        downloads(self.folder.path())
    }

    /// The processes of the browser and of its driver.
    pub fn processes(&self) -> Vec<Pid> {
        self.driver_process.members()
    }

    /// The id of the process group that these processes form: a signal sent to it reaches all of them.
    pub fn group(&self) -> Pid {
        self.driver_process.id()
    }

    /// Gives the page a size in CSS pixels: in Chromium any, in other browsers one that a window can have.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn resize(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            let resized = self.driver.cdp().emulation().set_device_metrics_override(width, height, 1.0, false).await;
            return resized.expect("chromedriver passes it on");
        }
        let frame = self.driver.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await;
        let [beside, above]: [u32; 2] = frame.expect("windows have sizes").convert().expect("two numbers");
        let resized = self.driver.set_window_rect(0, 0, width + beside, height + above).await;
        resized.expect("windows can be resized");
    }

    /// Makes the page that of a phone: narrow, with touch instead of a mouse; Chromium only.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn becomes_phone(&self) {
        let cdp = self.driver.cdp();
        let touch = cdp.send_raw("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        touch.expect("chromedriver passes it on");
        let resized = cdp.emulation().set_device_metrics_override(390, 844, 2.0, true).await;
        resized.expect("chromedriver passes it on");
    }

    /// Sets media features, by name and value, which the page sees in its media queries; Chromium only.
    ///
    /// # Panics
    /// When the browser cannot.
    pub async fn emulate(&self, wishes: &[(&str, &str)]) {
        let features: Vec<_> = wishes.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let emulated = self.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        emulated.expect("chromedriver passes it on");
    }

    /// Writes a file of the visitor's in the browser's own folder, and returns its path.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn has_file(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        file
    }

    /// The JSON in the file of this name that the browser saves, as soon as the file is complete; the file is then
    /// removed.
    ///
    /// # Panics
    /// When it takes longer than any small file does.
    pub async fn saved(&self, name: &str) -> Value {
        let (file, began) = (self.downloads().join(name), Instant::now());
        loop {
            match fs::read(&file).map(|bytes| serde_json::from_slice(&bytes)) {
                Ok(Ok(json)) => {
                    fs::remove_file(&file).expect("it is there"); // the next file of this name would get another one
                    return json;
                }
                incomplete => assert!(began.elapsed() < SAVE_LIMIT, "{}: {incomplete:?}", file.display()),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The browser's name and version, as it says.
    pub fn version(&self) -> String {
        let capabilities = self.driver.capabilities();
        let said = |key| capabilities.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        format!("{} {}", said("browserName"), said("browserVersion"))
    }

    /// The severe entries of the browser's own log since the last call; Chromium only, empty in other browsers.
    pub async fn complaints(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let log = self.driver.browser_log().await.expect("chromedriver keeps a log");
        log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect()
    }
}

/// A port that was free a moment ago; not all drivers report a port that they choose themselves.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
    listener.local_addr().expect("it is bound").port()
}

fn wait_for(engine: Engine, port: u16) {
    let began = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(began.elapsed() < START_LIMIT, "{engine:?}'s driver does not listen");
        sleep(Duration::from_millis(20));
    }
}

/// Starts an X server of our own, which chooses a free display number, and sets `DISPLAY` for `command`.
fn start_display(engine: Engine, command: &mut Command) -> Group {
    let mut server = Command::new(program(engine, &["Xvfb"]));
    server.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut display = Group::start(server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()), None);
    let mut number = String::new();
    let stdout = display.leader().stdout.take().expect("it is piped");
    BufReader::new(stdout).read_line(&mut number).expect("Xvfb says its display's number");
    command.env("DISPLAY", format!(":{}", number.trim()));
    display
}
