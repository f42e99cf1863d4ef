//! The headers that a host has to send, copied into the built page from their only source: `[serve.headers]` of
//! Trunk.toml.
//!
//! The dev server sends these headers itself. Static hosts read them from a file, pages repeat the policy, and the
//! service worker adds the isolating ones where a host does not send them. The service worker also has to know which
//! addresses belong to Lanes, because it must not touch anything else in the same folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// The headers by name.
pub(crate) struct Headers(BTreeMap<String, String>);

const SOURCE: &str = "Trunk.toml";
/// The file that static hosts read (Netlify, Cloudflare Pages and others).
const FOR_HOSTS: &str = "_headers";
const POLICY: &str = "Content-Security-Policy";
/// The prefixes of the headers that isolate.
const ISOLATING: [&str; 2] = ["Cross-Origin-", "Document-Isolation-"];
const SERVICE_WORKER: &str = "isolation-worker.js";
/// Places to fill in the service worker's script; a script that was not filled in is legal and does nothing.
const PLACES: [&str; 2] = ["const HEADERS = {};", "const ADDRESSES = [];"];
const INDEX: &str = "index.html";

impl Headers {
    /// Reads the headers from the project at `root`.
    pub(crate) fn read(root: &Path) -> io::Result<Self> {
        let settings: toml::Table = fs::read_to_string(root.join(SOURCE))?.parse().map_err(io::Error::other)?;
        let headers = settings.get("serve").and_then(|serve| serve.get("headers")).cloned();
        let headers = headers.ok_or_else(|| io::Error::other(format!("{SOURCE} has no [serve.headers]")))?;
        let headers: BTreeMap<_, _> = headers.try_into().map_err(io::Error::other)?;
        let complete = headers.contains_key(POLICY);
        complete.then_some(Self(headers)).ok_or_else(|| io::Error::other(format!("{SOURCE} has no {POLICY}")))
    }

    /// The content security policy: what a page may load and run.
    pub(crate) fn policy(&self) -> &str {
        &self.0[POLICY]
    }

    /// Writes the headers into the built page's folder, for hosts and for the service worker. To be called last, when
    /// every file is there.
    pub(crate) fn write(&self, built: &Path) -> io::Result<()> {
        let line = |(name, value): (&String, &String)| format!("  {name}: {value}\n");
        fs::write(built.join(FOR_HOSTS), format!("/*\n{}", self.0.iter().map(line).collect::<String>()))?;
        let worker = built.join(SERVICE_WORKER);
        let script = fs::read_to_string(&worker)?;
        if let Some(place) = PLACES.iter().find(|place| !script.contains(**place)) {
            return Err(io::Error::other(format!("{SERVICE_WORKER} has no {place:?}")));
        }
        let isolating = self.0.iter().filter(|(name, _)| ISOLATING.iter().any(|begin| name.starts_with(begin)));
        let pairs: Vec<_> = isolating.map(|(name, value)| format!("{}: {}", quoted(name), quoted(value))).collect();
        let addresses: Vec<_> = addresses(built)?.iter().map(|address| quoted(address)).collect();
        let script = script.replace(PLACES[0], &format!("const HEADERS = {{ {} }};", pairs.join(", ")));
        fs::write(worker, script.replace(PLACES[1], &format!("const ADDRESSES = [{}];", addresses.join(", "))))
    }
}

/// The addresses of all that was built, relative to its folder. A page has every address by which hosts know it: with
/// its ending, without it, and for an index also its folder's.
fn addresses(built: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    collect(built, "./", &mut found)?;
    found.sort(); // folders are listed in no fixed order, and two builds should be equal
    Ok(found)
}

fn collect(folder: &Path, address: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| io::Error::other(format!("{name:?} is no text")))?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{address}{name}/"), found)?;
            continue;
        }
        if name == INDEX {
            found.push(address.to_owned());
        }
        if let Some(bare) = name.strip_suffix(".html") {
            found.push(format!("{address}{bare}"));
        }
        found.push(format!("{address}{name}"));
    }
    Ok(())
}

/// A text as a JavaScript string literal.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
