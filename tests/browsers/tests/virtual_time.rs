//! A browser that takes a picture of a page advances virtual time as fast as it can, and clocks stand still while a
//! script runs: nothing waits for a clock without a bound, and the page gets ready. In Chromium, the only engine with
//! virtual time.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use browsers::{Browser, Engine, Server, Site, visit_alone};

/// How long a browser may take; on an idle machine it takes three seconds.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn chromium() {
    visit_alone(Engine::Chromium, story);
}

async fn story(browser: &Browser) {
    let server = Server::start(Site::shipped());
    for place in ["", "chapters/waiting/"] {
        let address = format!("{}{place}", server.address());
        let dom = String::from_utf8(printed(browser, &["--dump-dom", &address]).await).expect("HTML is text");
        assert!(dom.contains("class=\"lab\"") && !dom.contains("id=\"starting\""), "/{place} is not there: {dom}");
    }
    let picture = browser.has_file("page.png", "");
    printed(browser, &[&format!("--screenshot={}", picture.display()), &server.address()]).await;
    let picture = std::fs::read(picture).expect("a file");
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 10_000, "{} bytes", picture.len());
    let pdf = browser.has_file("page.pdf", "");
    let to = format!("--print-to-pdf={}", pdf.display());
    printed(browser, &[&to, &server.address()]).await;
    let pdf = std::fs::read(pdf).expect("a file");
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 10_000, "{} bytes", pdf.len());
}

/// The standard output of a separate browser to which five seconds of virtual time are given.
///
/// # Panics
/// When it does not end.
async fn printed(browser: &Browser, what: &[&str]) -> Vec<u8> {
    let profile = browser.has_file("virtual-time", "").with_extension("profile");
    let mut command = Command::new(Engine::Chromium.binary());
    command.args(["--headless", "--no-sandbox", "--virtual-time-budget=5000"]);
    command.arg(format!("--user-data-dir={}", profile.display())).args(what);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Chromium starts");
    let mut out = child.stdout.take().expect("it is piped");
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut out, &mut bytes).map(|_| bytes)
    });
    let began = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if began.elapsed() > LIMIT {
            child.kill().ok();
            panic!("{what:?}: no end after {LIMIT:?}");
        }
        // gives the server time to answer
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    reader.join().expect("it reads").expect("a pipe")
}
