//! DESIGN.md's rules about which file may name what, as far as the compiler does not enforce them: crates enforce the
//! arrows between layers. And checks that what docs/architecture.md names exists, and that types do not share names.
//!
//! A file is split into words, punctuation marks and string literals, without comments. A rule looks for what it
//! forbids among these, so that a word in a comment or in a text is no violation. The checker itself is tested on
//! made-up files.

#[path = "layers/source.rs"]
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use source::{paths, texts, words};

/// Where the sources of the project are. `strategies/samples` holds code that is shown to visitors; the rules do not
/// apply to it.
const FOLDERS: [&str; 6] = ["src", "workloads", "strategies", "chapters", "crates", "tests"];
const SHOWN: &str = "strategies/samples/";
/// The names of crates that know the browser begin with these. Only the page names such crates.
const BROWSER: [&str; 5] = ["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo"];
/// The analyst's program is called from JavaScript; of the browser it knows no more than that.
const ANALYST: (&str, &str) = ("src/bin/analyst.rs", "wasm_bindgen");
/// The only file that names rayon. In the browser a worker starts its pool, with `wasm_bindgen_rayon`.
const POOL: &str = "strategies/src/tools/pool.rs";
const POOL_STARTERS: &str = "src/worker/";
/// The page's folders from the lowest level up: a file names folders on lower levels and its own. Decide and the scale
/// of times show all that labs show, and more.
const GROUNDS: [&[&str]; 8] = [
    &["link"],
    &["browser", "worker"],
    &["drawing"],
    &["state"],
    &["fields"],
    &["player"],
    &["controls", "lanes", "questions", "results"],
    &["decide", "scale"],
];
/// The modules that put the folders together; they may name all of them.
const TOP: [&str; 4] = ["app", "broken", "deck", "keyboard"];
/// The crate that writes the chapters' pages when they are built; it may write HTML.
const WRITER: &str = "crates/book/";
/// Components have references to their own elements. Only these files, which start the page, look for its root.
const ROOTS: [&str; 1] = ["src/app/places.rs"];
/// The names of functions that look for elements anywhere on the page begin with these.
const LOOKS: [&str; 4] = ["query_selector", "get_element_by", "get_elements_by", "closest"];
/// Other files that may call one of these functions, each for its own reason.
const MAY_LOOK: [(&str, &str); 3] = [
    // the text that says that the page is starting is in the page's HTML, not in a component
    ("src/app/places.rs", "get_element_by_id"),
    // the links to other chapters are in the HTML that the build wrote
    ("src/keyboard.rs", "get_element_by_id"),
    // finds out whether the element with the focus is in the controls, which are about to be disabled; the lab then
    // checks that it is inside its own place
    ("src/state/lab.rs", "closest"),
];
/// Names that turn text into elements.
const OF_TEXT: [&str; 5] = ["inner_html", "set_inner_html", "outer_html", "set_outer_html", "insert_adjacent_html"];
/// The folders in which the name of a type occurs once.
const NAMED: [&str; 4] = ["crates", "src", "strategies/src", "workloads/src"];
/// Those of them to which people add workloads and strategies.
const ADDED: [&str; 2] = ["strategies/src/all/", "workloads/src/"];
/// The document that describes the source tree.
const ARCHITECTURE: &str = "docs/architecture.md";
/// Files that this document names by a bare name and that are in the project's root folder.
const AT_ROOT: [&str; 2] = ["Trunk.toml", "index.html"];
/// The only file that sets properties of JavaScript objects by reflection: it makes messages for other pages.
const PARENT: &str = "src/browser/parent.rs";

#[test]
fn every_file_keeps_the_rules() {
    let files: Vec<_> = FOLDERS.iter().flat_map(|folder| rust_files(folder)).collect();
    assert!(files.len() > 100, "the source tree is not where it was");
    let wrong: Vec<_> = files.iter().flat_map(|(path, source)| violations(path, source)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_checker_sees_what_is_forbidden() {
    let forbidden = [
        ("strategies/src/all/processes.rs", "use web_sys::Worker;"),
        ("crates/pictures/src/scene.rs", "fn f() { leptos::mount() }"),
        ("crates/lab/tests/report/main.rs", "use js_sys::Date;"),
        ("crates/analyst/src/lib.rs", "use wasm_bindgen::prelude::*;"),
        ("src/bin/analyst.rs", "use web_sys::Worker;"),
        ("workloads/src/primes.rs", "use wasm_bindgen_futures::JsFuture;"),
        ("strategies/src/all/threads.rs", "use rayon::prelude::*;"),
        ("workloads/src/primes.rs", "use rayon::prelude::*;"),
        ("src/worker/pool.rs", "use rayon::prelude::*;"),
        ("src/browser/pool.rs", "use wasm_bindgen_rayon::init_thread_pool;"),
        ("src/browser/live.rs", "use crate::worker::prepare;"),
        ("src/worker/relay.rs", "fn f() { crate::browser::now() }"),
        ("src/link/wire.rs", "use crate::{browser::Live, link::Worker};"),
        ("src/drawing/canvas.rs", "use crate::state::Lab;"),
        ("src/state/lab.rs", "use crate::lanes::Rows;"),
        ("src/controls/go.rs", "use crate::app::start;"),
        ("src/results/mod.rs", "use super::lanes::Rows;"),
        ("src/results/tables.rs", "view! { <div inner_html=table /> }"),
        ("src/results/tables.rs", "fn f(e: &Element) { e.set_inner_html(\"\") }"),
        ("src/results/tables.rs", r#"let table = "<table>".to_owned();"#),
        ("src/results/tables.rs", r##"let cell = format!(r#"  <td class="{class}">{text}</td>"#);"##),
        ("crates/pictures/src/table.rs", r#"let end = "</table>";"#),
        ("crates/pictures/src/table.rs", r#"let any = format!("<{tag}>");"#),
        ("src/results/tables.rs", "fn f(e: &Element) { e.set_outer_html(\"\") }"),
        ("src/results/tables.rs", "fn f(e: &Element) { e.insert_adjacent_html(\"beforeend\", \"\") }"),
        ("src/drawing/canvas.rs", "fn f(d: &Document) { d.query_selector_all(\"canvas\") }"),
        ("src/drawing/canvas.rs", "fn f(d: &Document) { d.get_elements_by_class_name(\"lane\") }"),
        ("src/results/mod.rs", "fn f(d: &Document) { d.get_element_by_id(\"page\") }"),
        ("src/app/mod.rs", "fn f(d: &Document) { d.query_selector(\"main\") }"),
        ("src/keyboard.rs", "fn f(e: &Element) { e.closest(\".lab\") }"),
        ("src/state/lab.rs", "fn f(d: &Document) { d.get_element_by_id(\"page\") }"),
        ("src/results/mod.rs", "use web_sys::js_sys::Reflect; fn f() { Reflect::set(&a, &b, &c) }"),
        ("src/results/mod.rs", "use js_sys::{Array, Reflect::{get, set}};"),
    ];
    for (path, source) in forbidden {
        let source = format!("//! What it is for.\n{source}");
        assert_eq!(violations(path, &source).len(), 1, "{path}: {source}");
    }
    assert_eq!(violations("src/main.rs", "fn main() {}").len(), 1, "it does not say what it is for");
    assert_eq!(violations("tests/plugins.rs", "// a comment is no head\n").len(), 1);
}

#[test]
fn the_checker_lets_everything_else_pass() {
    let allowed = [
        ("src/worker/pool.rs", "use wasm_bindgen_rayon::init_thread_pool; use web_sys::Worker; use crate::link::Role;"),
        ("src/lanes/row.rs", "use crate::{drawing::FEW, state::here}; use super::lanes;"),
        ("src/app/mod.rs", "use super::{lanes::Rows, worker::prepare, deck};"),
        ("crates/lab/src/lib.rs", "use crate::worker;"),
        ("src/app/places.rs", "fn f(d: &Document) { d.query_selector(\"main\") } // set_inner_html"),
        ("src/keyboard.rs", "fn f(d: &Document) { d.get_element_by_id(\"next\") }"),
        ("src/state/lab.rs", "fn f(e: &Element) { e.closest(\"fieldset\") }"),
        ("crates/pictures/src/scene.rs", "fn f(all: &[f64]) { closest(all) }"),
        ("src/browser/parent.rs", "use js_sys::Reflect; fn f() { Reflect::set(&a, &b, &c) }"),
        ("src/browser/machine.rs", "fn f() { Reflect::get(&a, &b); set(1) }"),
        ("src/bin/analyst.rs", "#[wasm_bindgen::prelude::wasm_bindgen] pub fn answer() {}"),
        ("strategies/src/tools/pool.rs", "use rayon::prelude::*;"),
        ("crates/analyst/tests/answers/main.rs", "const SCRIPT: &str = \"<script>\";"),
        ("workloads/tests/sort.rs", "use rayon::prelude::*;"),
        ("crates/pictures/src/table.rs", "/* web_sys /* nested */ rayon */ fn f(a: u8, b: u8) -> bool { a < b }"),
        ("crates/words/src/en.rs", r##"const LESS: &str = "1 <p> \" <b>"; const RAW: &str = r#"a "<p>""#;"##),
        ("crates/words/src/en.rs", r#"const ARROW: &str = "<"; const LESS: &str = "< 1"; const MARK: char = '<';"#),
        ("strategies/src/all/threads.rs", "fn f<'a>(c: char) -> bool { c == '\\'' || c == '\"' } // rayon"),
        ("tests/layers.rs", r#"const BROWSER: [&str; 1] = ["web_sys"];"#),
    ];
    for (path, source) in allowed {
        let source = format!("//! What it is for.\n{source}");
        assert_eq!(violations(path, &source), Vec::<String>::new(), "{path}: {source}");
    }
}

#[test]
fn what_the_page_about_the_tree_names_is_there() {
    let named = named(&read(ARCHITECTURE));
    assert!(named.len() > 50, "{ARCHITECTURE} names less than it did: {named:?}");
    let lost: Vec<_> = named.into_iter().filter(|path| !root().join(path).exists()).collect();
    assert!(lost.is_empty(), "{ARCHITECTURE} names what is not there: {lost:?}");
}

/// A name that means two things makes every sentence about it ambiguous. Private types of a workload or a strategy are
/// exempt, so that adding one does not require knowing all other names.
#[test]
fn every_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, source) in NAMED.iter().flat_map(|folder| rust_files(folder)) {
        if path.contains("/tests/") || path.ends_with("/tests.rs") {
            continue;
        }
        let exempt = ADDED.iter().any(|folder| path.starts_with(folder));
        for name in source.lines().filter_map(|line| type_named_in(line, exempt)) {
            places.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    assert!(places.len() > 300, "types are not found: {}", places.len());
    let shared: Vec<_> = places.into_iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(shared.is_empty(), "types of the same name: {shared:#?}");
}

#[test]
fn names_of_types_are_found_in_a_line() {
    for (line, name, public) in [
        ("pub struct Lab {", Some("Lab"), Some("Lab")),
        ("pub(crate) enum Part<'a> {", Some("Part"), Some("Part")),
        ("type Rows = Vec<Row>;", Some("Rows"), None),
        ("trait Rule: Sync {", Some("Rule"), None),
        ("    struct Inner;", None, None),
        ("pub fn structure() {", None, None),
        ("/// pub struct Example;", None, None),
    ] {
        assert_eq!([type_named_in(line, false), type_named_in(line, true)], [name, public], "{line}");
    }
}

/// The name of the type that a line at the top level of a file defines; with `only_public`, if others may use it.
fn type_named_in(line: &str, only_public: bool) -> Option<&str> {
    let public = line.strip_prefix("pub").map(|rest| match rest.strip_prefix('(') {
        Some(within) => within.split_once(')').map_or(rest, |(_, rest)| rest),
        None => rest,
    });
    let rest = if only_public { public? } else { public.unwrap_or(line) };
    let (kind, rest) = rest.strip_prefix(' ').unwrap_or(rest).split_once(' ')?;
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    ["struct", "enum", "trait", "type"].contains(&kind).then_some(&rest[..end])
}

#[test]
fn names_of_files_are_found_in_a_page() {
    for (page, paths) in [
        ("`src/lanes/` and `src/state/lab.rs`", &["src/lanes/", "src/state/lab.rs"][..]),
        ("`src/link/wire.rs`, `clock.rs` (a clock)", &["src/link/wire.rs", "src/link/clock.rs"]),
        ("`www/style/`, `tokens.css`, `base.css`", &["www/style/", "www/style/tokens.css", "www/style/base.css"]),
        ("`lab/{run,measure}/mod.rs`", &["lab/run/mod.rs", "lab/measure/mod.rs"]),
        ("`chapters/<name>/text.md`, `www/*.js`", &["chapters/", "www/"]),
        ("`src/main.rs`, `Trunk.toml`", &["src/main.rs", "Trunk.toml"]),
        ("`Trunk.toml`, `chapters`, `f(a / b)`, `Lab`, src/none.rs", &["Trunk.toml"]),
    ] {
        assert_eq!(named(page), paths, "{page}");
    }
}

/// The files and folders that a document names in backticks. A bare file name means a file beside the path before it.
/// For a path with a placeholder (`<name>`, `*`), the result is the folder that holds the placeholder.
fn named(page: &str) -> Vec<String> {
    let ticked = page.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let mut paths: Vec<String> = Vec::new();
    for name in ticked.filter(|name| names_a_file(name)) {
        let beside = match paths.last().and_then(|before| before.rsplit_once('/')) {
            Some((folder, _)) if !name.contains('/') && !AT_ROOT.contains(&name) => format!("{folder}/{name}"),
            _ => name.to_owned(),
        };
        let sure =
            beside.find(['<', '*']).map_or(beside.len(), |open| beside[..open].rfind('/').map_or(0, |at| at + 1));
        paths.extend(alternatives(&beside[..sure]));
    }
    paths
}

/// Whether a text in backticks is the name of a file or a folder.
fn names_a_file(name: &str) -> bool {
    let ends = [".rs", ".md", ".toml", ".js", ".css", ".html", ".tsv", ".py", "/"];
    !name.contains(char::is_whitespace) && ends.iter().any(|end| name.ends_with(end))
}

/// The paths that a path with braces stands for.
fn alternatives(path: &str) -> Vec<String> {
    let braces = path.split_once('{').and_then(|(head, rest)| Some((head, rest.split_once('}')?)));
    let Some((head, (names, rest))) = braces else { return vec![path.to_owned()] };
    names.split(',').map(|name| format!("{head}{name}{rest}")).collect()
}

/// The rules that a file breaks, in words.
fn violations(path: &str, source: &str) -> Vec<String> {
    let words = words(source);
    let name = |test: &dyn Fn(&str) -> bool| words.iter().find(|word| test(word)).cloned();
    let page = path.starts_with("src/");
    let found = [
        (!source.starts_with("//! ")).then(|| "says not what it is for, with //!".to_owned()),
        name(&|word| foreign_to(path, word))
            .map(|name| format!("must not name {name}: only the page knows the browser")),
        name(&|word| word == "rayon" && !may_name_rayon(path))
            .map(|_| format!("must not name rayon: only {POOL} does")),
        name(&|word| page && word == "wasm_bindgen_rayon" && !path.starts_with(POOL_STARTERS))
            .map(|name| format!("must not name {name}: only {POOL_STARTERS} starts a pool")),
        name(&|word| has_views(path) && OF_TEXT.contains(&word))
            .map(|name| format!("must not name {name}: views are no text")),
        texts(source)
            .into_iter()
            .find(|text| has_views(path) && is_html(text))
            .map(|text| format!("has HTML as text: {text}")),
        name(&|word| page && LOOKS.iter().any(|look| word.starts_with(look)) && !may_look(path, word))
            .map(|name| format!("must not name {name}: a component refers to what is its own")),
        above(path, &words).map(|name| format!("must not name {name}: it stands on higher ground, or beside")),
        (page && path != PARENT && sets_by_reflection(&words))
            .then(|| format!("must not set properties by reflection: only {PARENT} does")),
    ];
    found.into_iter().flatten().map(|what| format!("{path} {what}")).collect()
}

/// The first name in a file of the page that is not on a lower level than the file itself.
fn above(path: &str, words: &[String]) -> Option<String> {
    let own = path.strip_prefix("src/")?.split_once('/')?.0;
    let ground = GROUNDS.iter().position(|folders| folders.contains(&own))?;
    let above = |name: &&String| {
        let folders = || GROUNDS[ground..].concat().into_iter().chain(TOP);
        **name != own && folders().any(|folder| folder == **name)
    };
    let named =
        |path: &Vec<String>| path.get(1).filter(|_| ["crate", "super"].contains(&&*path[0])).filter(above).cloned();
    paths(words).iter().find_map(named)
}

/// Whether a file must not name this, because it belongs to the browser.
fn foreign_to(path: &str, word: &str) -> bool {
    let browser = BROWSER.iter().any(|name| word.starts_with(name));
    let lacks_browser = !path.starts_with("src/") || path == ANALYST.0;
    browser && lacks_browser && (path, word) != ANALYST
}

/// Tests may compare our code with rayon.
fn may_name_rayon(path: &str) -> bool {
    path == POOL || path.contains("/tests/") || path.starts_with("tests/")
}

/// Whether a file may look for elements with this function.
fn may_look(path: &str, word: &str) -> bool {
    MAY_LOOK.contains(&(path, word)) || word.starts_with("query_selector") && ROOTS.contains(&path)
}

/// Whether a file makes views, or what views show; tests make none.
fn has_views(path: &str) -> bool {
    path.starts_with("src/") || path.starts_with("crates/") && !path.contains("/tests/") && !path.starts_with(WRITER)
}

/// Whether a text begins with a tag.
fn is_html(text: &str) -> bool {
    let tag = text.trim_start().strip_prefix('<');
    tag.is_some_and(|tag| tag.starts_with(|first: char| first.is_ascii_alphabetic() || "/!{".contains(first)))
}

fn sets_by_reflection(words: &[String]) -> bool {
    paths(words).iter().any(|path| path.windows(2).any(|pair| pair[0] == "Reflect" && pair[1] == "set"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie in the project").to_path_buf()
}

/// The path from the project's root and the text of every Rust file below `folder`, without [`SHOWN`]; empty if there
/// is no such folder.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    let below = |path: &Path| {
        let name = path.strip_prefix(root()).expect("it was found below the root").to_string_lossy().replace('\\', "/");
        match path.is_dir() {
            true if path.file_name().is_some_and(|name| name == "target") => Vec::new(),
            true => rust_files(&name),
            false if name.ends_with(".rs") && !name.starts_with(SHOWN) => vec![(name.clone(), read(&name))],
            false => Vec::new(),
        }
    };
    let mut files: Vec<_> = entries.flat_map(|entry| below(&entry.expect("a readable folder").path())).collect();
    files.sort();
    files
}
