//! What a host serves: the built page with a certain set of headers, or a page that frames it.
//!
//! Invariant: the page's own files are sent as they were built, except that [`RECORDER`] is the first script of every
//! document, and that a [`Fault`](crate::Fault) changes its files, if one is set.

use std::path::{Component, Path, PathBuf};
use std::{env, fs};

/// The script that records messages and errors in a page for the tests.
const RECORDER: &str = include_str!("recorder.js");
/// The element that makes a document load [`RECORDER`] first.
const LOAD_RECORDER: &str = "<script src=\"/recorder.js\"></script>";

/// A set of files and pages, and the headers they are sent with.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where files are looked for: a path prefix and the folder that it stands for; the first match counts.
    folders: Vec<(String, PathBuf)>,
    /// Documents that are not files: path and HTML.
    documents: Vec<(&'static str, String)>,
    headers: Vec<(String, String)>,
    /// A wrong MIME type: the ending of the paths that get it, and the type.
    mistaken: Option<(&'static str, &'static str)>,
    /// The name of a file that browsers may keep.
    kept: Option<&'static str>,
    /// Whether a script is served when it is requested as a service worker.
    service_worker: bool,
    /// Whether files are sent compressed.
    compressed: bool,
    /// Whether the scripts of workers have switches (see [`Server::with_switches`](crate::Server::with_switches)).
    switches: bool,
}

/// How a page frames Lanes.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Where Lanes is.
    pub source: &'a str,
    /// Whether the parent is cross-origin isolated.
    pub isolated_parent: bool,
    /// Whether the parent lets the frame be cross-origin isolated, too.
    pub allow: bool,
    /// Whether the frame is loaded `credentialless`: without what the visitor's browser stores for its host.
    pub credentialless: bool,
}

/// A file or page, as it is sent.
pub(crate) struct Found {
    pub mime: &'static str,
    pub body: Vec<u8>,
}

impl Site {
    /// The built page with the headers it is shipped with.
    pub fn shipped() -> Self {
        let headers = shipped_headers();
        Self { headers, ..Self::plain() }
    }

    /// The built page where the host sends no headers and the browser takes no service worker: nothing isolates it.
    pub fn plain() -> Self {
        let folders = vec![("/".into(), built())];
        Self {
            folders,
            documents: Vec::new(),
            headers: Vec::new(),
            mistaken: None,
            kept: None,
            service_worker: false,
            compressed: false,
            switches: false,
        }
    }

    /// The built page where the host sends no headers: the page's own service worker has to isolate it.
    pub fn by_service_worker() -> Self {
        Self { service_worker: true, ..Self::plain() }
    }

    /// A page (`/`) that frames Lanes and, beside it, another frame that may send messages to Lanes (`/sibling`).
    pub fn parent(frame: Frame<'_>) -> Self {
        let Frame { source, isolated_parent, allow, credentialless } = frame;
        let allow = if allow { " allow=\"cross-origin-isolated\"" } else { "" };
        let credentialless = if credentialless { " credentialless" } else { "" };
        let parent = format!(
            "<!doctype html><html><head><title>A deck</title></head><body><iframe name=\"lanes\" src=\"{source}\"{allow}{credentialless} \
             width=\"1000\" height=\"700\"></iframe><iframe name=\"sibling\" src=\"/sibling\"></iframe></body></html>"
        );
        let sibling = "<!doctype html><html><head><title>Another frame</title><script>\
            window.tell = (text) => parent.frames.lanes.postMessage(JSON.parse(text), '*');\
            </script></head><body></body></html>";
        let headers = if isolated_parent { isolating() } else { vec![] };
        let documents = vec![("/", parent), ("/sibling", sibling.into())];
        Self { folders: Vec::new(), documents, headers, ..Self::plain() }
    }

    /// The example deck ([`Site::REVEAL`]), cross-origin isolated. Its frames show the Lanes at `lanes`; if that is
    /// `None`, the built page beside the deck, as in a checkout.
    ///
    /// # Panics
    /// When there is no such deck, or it does not say in exactly one place where Lanes is.
    pub fn reveal(lanes: Option<&str>) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let html = fs::read_to_string(root.join("examples/reveal/index.html")).expect("the example deck is there");
        let here = "\"../../dist/\"";
        assert_eq!(html.matches(here).count(), 1, "one place says where Lanes is");
        let html = html.replace(here, &lanes.map_or_else(|| here.to_owned(), |lanes| format!("{lanes:?}")));
        let reveal = ("/node_modules/reveal.js/".into(), root.join("node_modules/reveal.js"));
        let site = Self { folders: vec![reveal, ("/dist/".into(), built())], headers: isolating(), ..Self::plain() };
        site.with_document(Self::REVEAL, &html)
    }

    /// The path of the example deck.
    pub const REVEAL: &str = "/examples/reveal/";

    /// The same site on a host that compresses.
    pub fn compressed(self) -> Self {
        Self { compressed: true, ..self }
    }

    /// The same site with one more header on every response.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same site where browsers may cache files of this name, as they may all files of a real host.
    pub fn keeping(self, name: &'static str) -> Self {
        Self { kept: Some(name), ..self }
    }

    pub(crate) fn is_kept(&self, path: &str) -> bool {
        self.kept.is_some_and(|name| path.ends_with(name))
    }

    /// The same site where files whose paths end with `ending` are sent with the MIME type `mime`.
    pub fn mistaking(self, ending: &'static str, mime: &'static str) -> Self {
        Self { mistaken: Some((ending, mime)), ..self }
    }

    /// The same site with the built page in the folder `prefix` of the host, which begins and ends with a slash.
    pub fn in_folder(self, prefix: &str) -> Self {
        Self { folders: vec![(prefix.into(), built())], ..self }
    }

    /// The same site with the files of `folder` under `prefix`, which begins and ends with a slash.
    pub fn with_folder(mut self, prefix: &str, folder: impl Into<PathBuf>) -> Self {
        self.folders.insert(0, (prefix.into(), folder.into()));
        self
    }

    /// The same site with this document at `path`, which begins with a slash.
    pub fn with_document(mut self, path: &'static str, html: &str) -> Self {
        self.documents.push((path, html.into()));
        self
    }

    /// The bytes of the file at `path`, as it was built; `None` if there is none.
    pub fn file_at(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.file(path)?).ok()
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    pub(crate) fn is_compressed(&self) -> bool {
        self.compressed
    }

    pub(crate) fn with_switches(self) -> Self {
        Self { switches: true, ..self }
    }

    pub(crate) fn has_switches(&self) -> bool {
        self.switches
    }

    pub(crate) fn takes_service_worker(&self) -> bool {
        self.service_worker
    }

    /// The file or document at `path`; `None` if there is none.
    pub(crate) fn find(&self, path: &str) -> Option<Found> {
        if path == "/recorder.js" {
            return Some(Found { mime: "text/javascript", body: RECORDER.into() });
        }
        if let Some((_, document)) = self.documents.iter().find(|(at, _)| *at == path) {
            return Some(Found { mime: "text/html", body: with_recorder(document) });
        }
        let file = self.file(path)?;
        let right = mime(&file);
        let mistaken = self.mistaken.filter(|(ending, _)| path.ends_with(ending));
        let mime = mistaken.map_or(right, |(_, mime)| mime);
        let body = fs::read(&file).ok()?;
        let body = if mime == "text/html" { with_recorder(&String::from_utf8(body).ok()?) } else { body };
        Some(Found { mime, body })
    }

    fn file(&self, path: &str) -> Option<PathBuf> {
        let (prefix, folder) = self.folders.iter().find(|(prefix, _)| path.starts_with(prefix))?;
        let rest = Path::new(&path[prefix.len()..]);
        let inside = rest.components().all(|part| matches!(part, Component::Normal(_)));
        let file = folder.join(if path.ends_with('/') { rest.join("index.html") } else { rest.into() });
        (inside && file.is_file()).then_some(file)
    }
}

/// Where the built page is: `LANES_DIST`, or `dist/` of this checkout.
///
/// # Panics
/// When there is none.
pub fn built() -> PathBuf {
    let here = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let folder = env::var_os("LANES_DIST").map_or_else(here, PathBuf::from);
    let built = folder.join("index.html").is_file();
    assert!(built, "there is no built page in {}; `trunk build --release` builds it", folder.display());
    folder
}

/// The headers that isolate a page which frames others.
fn isolating() -> Vec<(String, String)> {
    let lines = ["Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Embedder-Policy: require-corp"];
    lines.iter().filter_map(|line| header(line)).collect()
}

/// The headers in the built page's `_headers`; it has one rule, for all files.
fn shipped_headers() -> Vec<(String, String)> {
    let file = built().join("_headers");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().filter(|line| line.starts_with(' ')).filter_map(header).collect()
}

fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().into(), value.trim().into()))
}

/// A head may have no `<head>` tag; then its first element is a `<meta>`.
fn with_recorder(document: &str) -> Vec<u8> {
    let after_tag = document.find("<head>").map(|at| at + "<head>".len());
    let at = after_tag.or_else(|| document.find("<meta")).expect("a document has a head");
    [&document[..at], LOAD_RECORDER, &document[at..]].concat().into()
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
