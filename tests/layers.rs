//! The arrows of DESIGN.md ("Who may import whom"), read from the source tree and held against it.
//!
//! A file is split into words and marks without comments and texts; every path in it that starts at the crate's root,
//! also through `super`, and every other crate that it names, must be on its layer's list. The checker is checked
//! itself, on made-up files.

#[path = "layers/source.rs"]
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use source::{paths, words};

/// Each layer, and the layers that it may import. `workloads` is a crate of its own.
const ARROWS: &[(&str, &[&str])] = &[
    ("trace", &[]),
    ("experiment", &["workloads"]),
    ("strategy", &["workloads", "trace"]),
    ("run", &["experiment", "strategy", "trace"]),
    ("measure", &["experiment", "trace"]),
    ("verdict", &["experiment", "measure"]),
    ("report", &["experiment", "measure", "verdict", "trace"]),
    ("simulate", &["workloads", "strategy", "trace"]),
    ("analysis", &["experiment", "strategy", "trace", "measure", "verdict", "report", "simulate"]),
    ("platform", &["workloads", "experiment", "strategy", "trace", "run"]),
    ("ui", &["workloads", "experiment", "strategy", "trace", "run", "measure", "verdict", "analysis", "platform"]),
];
/// The files that put the layers together.
const ROOTS: [&str; 3] = ["src/lib.rs", "src/main.rs", ANALYST];
/// The second binary: the analysis, called from JavaScript.
const ANALYST: &str = "src/analyst.rs";
/// Crates that know the browser begin with these.
const BROWSER: [&str; 5] = ["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo"];
/// The only file that names rayon; starting its pool in the browser is the platform's, with `wasm_bindgen_rayon`.
const RAYON: &str = "src/strategy/threads.rs";

#[test]
fn every_import_follows_an_arrow() {
    let files: Vec<_> = ["src", "workloads/src"].iter().flat_map(|folder| rust_files(folder)).collect();
    assert!(files.len() > 10, "the source tree is not where it was");
    let wrong: Vec<_> = files.iter().flat_map(|(path, source)| violations(path, source)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let folders = ["src", "tests", "workloads/src", "workloads/tests", "workloads/benches"];
    let silent = |(path, source): (String, String)| (!source.starts_with("//! ")).then_some(path);
    let silent: Vec<_> = folders.iter().flat_map(|folder| rust_files(folder)).filter_map(silent).collect();
    assert!(silent.is_empty(), "without a `//!` head: {silent:?}");
}

#[test]
fn static_hosts_send_the_headers_of_the_dev_server() {
    let trunk: toml::Table = read("Trunk.toml").parse().expect("Trunk.toml is TOML");
    let served: BTreeMap<String, String> =
        trunk["serve"]["headers"].clone().try_into().expect("each header is a name and a text");
    let shipped = headers_for_all(&read("www/_headers"));
    assert_eq!(shipped, served, "www/_headers and Trunk.toml differ");
    let policy = format!("content=\"{}\"", served["Content-Security-Policy"]);
    assert!(read("index.html").contains(&policy), "index.html has another policy than the headers");
}

/// The headers of a `_headers` file that hold for every address.
fn headers_for_all(text: &str) -> BTreeMap<String, String> {
    let after = text.lines().skip_while(|line| line.trim_end() != "/*").skip(1);
    let indented = after.take_while(|line| line.starts_with(' ')).filter_map(|line| line.split_once(':'));
    indented.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

#[test]
fn the_checker_sees_through_every_way_to_write_an_import() {
    let forbidden = [
        ("src/trace/layout.rs", "use crate::measure::Ratio;"),
        ("src/trace/layout.rs", "use crate::{trace::Span, measure};"),
        ("src/trace/layout.rs", "fn f() -> f64 { crate::measure::median(&[]) }"),
        ("src/trace/layout.rs", "use super::super::measure::Ratio;"),
        ("src/trace/mod.rs", "use super::measure::Ratio;"),
        ("src/trace/mod.rs", "use workloads::Task;"),
        ("src/run.rs", "use super::{trace, verdict::Finding};"),
        ("src/run.rs", "use crate::{experiment::{Experiment, View}, platform::clock};"),
        ("src/measure/stats.rs", "macro_rules! m { () => { $crate::verdict::Finding } }"),
        ("src/measure/stats.rs", "let quote = '\"'; use crate::verdict; let quote = '\"';"),
        ("src/strategy/processes.rs", "use web_sys::Worker;"),
        ("src/strategy/processes.rs", "use rayon::prelude::*;"),
        ("src/platform/pool.rs", "use rayon::prelude::*;"),
        ("src/main.rs", "use leptos::prelude::*;"),
        ("src/ui/state.rs", "use crate::strategy::threads::Threads;"),
        ("src/ui/state.rs", "use crate::{strategy::{self, threads::Threads}};"),
        ("src/ui/state.rs", "use crate::strategy; fn f() { strategy::threads::start() }"),
        ("src/newcomer/mod.rs", "pub struct Newcomer;"),
        ("workloads/src/primes.rs", "use rayon::prelude::*;"),
        ("workloads/src/primes.rs", "use lanes::trace;"),
    ];
    for (path, source) in forbidden {
        assert_eq!(violations(path, source).len(), 1, "{path}: {source}");
    }
}

#[test]
fn the_checker_lets_everything_else_pass() {
    let allowed = [
        ("src/trace/reader.rs", "use super::layout::*; use crate::trace::Span; //! see crate::measure"),
        ("src/run.rs", "/* crate::ui /* nested */ */ use crate::{experiment::Experiment, strategy, trace::Trace};"),
        ("src/run.rs", r##"const TEXT: &str = "crate::ui \" web_sys"; const RAW: &str = r#"crate::"ui"#;"##),
        ("src/measure/stats.rs", "fn f<'a>(c: char) -> bool { c == '\\'' || c == '\"' } // crate::verdict"),
        ("src/experiment/mod.rs", "use workloads::{Params, Workload};"),
        ("src/platform/pool.rs", "use wasm_bindgen_rayon::init_thread_pool; use web_sys::Worker;"),
        ("src/strategy/threads.rs", "use rayon::prelude::*; use super::Strategy;"),
        ("src/ui/state.rs", "use crate::strategy::{self, Meta}; fn f() { strategy::find(\"x\"); Meta::new() }"),
        ("src/verdict/caveats/machine.rs", "use crate::verdict::Rule; use super::super::wording;"),
        ("src/lib.rs", "pub mod trace; pub mod ui;"),
        ("workloads/src/primes.rs", "use crate::task::Task; use super::params;"),
    ];
    for (path, source) in allowed {
        assert_eq!(violations(path, source), Vec::<String>::new(), "{path}: {source}");
    }
}

/// What a file names that its layer must not.
fn violations(path: &str, source: &str) -> Vec<String> {
    let words = words(source);
    let layer = layer(path);
    let known = layer == "workloads" || ROOTS.contains(&path) || allowed(layer).is_some();
    let unknown = (!known).then(|| format!("{path}: {layer} is no layer of DESIGN.md"));
    let mut wrong: Vec<_> = unknown.into_iter().collect();
    if known {
        wrong.extend(crates(path, layer, &words));
    }
    if let Some(allowed) = allowed(layer) {
        wrong.extend(arrows(path, layer, allowed, &words));
    }
    wrong
}

/// `src/trace/layout.rs` and `src/run.rs` belong to `trace` and `run`.
fn layer(path: &str) -> &str {
    let Some(inside) = path.strip_prefix("src/") else { return "workloads" };
    inside.split('/').next().expect("a split has a first part").trim_end_matches(".rs")
}

fn allowed(layer: &str) -> Option<&'static [&'static str]> {
    ARROWS.iter().find(|(name, _)| *name == layer).map(|(_, allowed)| *allowed)
}

/// Forbidden names of other crates.
fn crates(path: &str, layer: &str, words: &[String]) -> Vec<String> {
    let names = |test: &dyn Fn(&str) -> bool| words.iter().find(|word| test(word)).cloned();
    let browser = names(&|word| BROWSER.iter().any(|name| word.starts_with(name)));
    let found = [
        browser.filter(|_| layer != "platform" && layer != "ui" && path != ANALYST),
        names(&|word| word == "rayon").filter(|_| path != RAYON),
        names(&|word| word == "lanes").filter(|_| layer == "workloads"),
    ];
    found.into_iter().flatten().map(|name| format!("{path}: {layer} must not name {name}")).collect()
}

/// Forbidden arrows between layers, and looks inside `strategy` from `ui`.
fn arrows(path: &str, layer: &str, allowed: &[&str], words: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for named in paths(words).into_iter().filter_map(|named| from_root(path, named)) {
        let target = named[0].as_str();
        let is_layer = target == "workloads" || ARROWS.iter().any(|(name, _)| *name == target);
        if is_layer && target != layer && !allowed.contains(&target) {
            wrong.push(format!("{path}: {layer} must not import {}", named.join("::")));
        }
        let inside = target == "strategy" && named.len() > 2 && named[1].starts_with(char::is_lowercase);
        if layer == "ui" && inside {
            wrong.push(format!("{path}: ui must not look inside strategy: {}", named.join("::")));
        }
    }
    wrong
}

/// The path from the crate's root, without `crate`; `None` if it stays within its layer or starts elsewhere.
fn from_root(file: &str, named: Vec<String>) -> Option<Vec<String>> {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let depth = inside.split('/').count();
    let supers = named.iter().take_while(|segment| *segment == "super").count();
    let rest = match named[0].as_str() {
        "crate" => &named[1..],
        "super" if supers < depth => return None,
        "super" => &named[supers..],
        "workloads" | "strategy" => &named[..],
        _ => return None,
    };
    (!rest.is_empty()).then(|| rest.to_vec())
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder` with its path from the project's root; none if there is no such folder.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    let below = |path: &Path| {
        let name = path.strip_prefix(root()).expect("it was found below the root").to_string_lossy().replace('\\', "/");
        match path.is_dir() {
            true => rust_files(&name),
            false if name.ends_with(".rs") => vec![(name.clone(), read(&name))],
            false => Vec::new(),
        }
    };
    let mut files: Vec<_> = entries.flat_map(|entry| below(&entry.expect("a readable folder").path())).collect();
    files.sort();
    files
}
