//! The licences of third-party code in the page: of each crate that its WebAssembly is built from, as cargo reports it,
//! with the texts that came with it, which most licences require to be passed on with the code.
//!
//! What is needed only to build (macros, build scripts, tests) is not in the page and so is not listed. The linker
//! leaves out unused code, so the list may be longer than what is in the page; it is never shorter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use serde::Deserialize;

use crate::escaped;

/// The packages whose programs are in the page.
const PROGRAMS: [&str; 2] = ["lanes", "analyst"];
/// The target that they are built for.
const TARGET: &str = "wasm32-unknown-unknown";
/// Prefixes of the names of files that hold a licence's text, or notices that it requires.
const TEXTS: [&str; 6] = ["licen", "copying", "copyright", "notice", "unlicense", "authors"];

/// The output of `cargo metadata`.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    repository: Option<String>,
    homepage: Option<String>,
    /// The path of its manifest on this computer; its licences are in the same folder.
    manifest_path: PathBuf,
    /// Where it comes from; `None` for the project's own packages.
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// `None` for a dependency that is needed to run.
    kind: Option<String>,
}

impl Package {
    fn is_macro(&self) -> bool {
        self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"))
    }

    /// Its licence as an SPDX expression; until 2022 a slash stood for "or".
    fn licence(&self) -> String {
        let said = self.license.as_deref().unwrap_or("in a file of its own");
        said.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
    }

    /// The package as an item of a list.
    fn item(&self) -> String {
        let Self { name, version, .. } = self;
        let place = self.repository.as_ref().or(self.homepage.as_ref()).map(|place| format!(", {}", escaped(place)));
        format!("<li>{} {}{}</li>\n", escaped(name), escaped(version), place.unwrap_or_default())
    }

    /// The licence texts that came with it; empty if there are none.
    fn texts(&self) -> io::Result<Vec<String>> {
        let folder = self.manifest_path.parent().expect("a manifest is in a folder");
        let is_text = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            path.is_file() && TEXTS.iter().any(|begin| name.starts_with(begin))
        };
        let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        let mut paths: Vec<_> = paths.into_iter().filter(is_text).collect();
        paths.sort();
        paths.iter().map(|path| Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())).collect()
    }
}

/// The content of the licences page, for the project at `root`.
///
/// # Errors
/// When cargo does not report what the project is built from, or a file that it names cannot be read.
pub(crate) fn text(root: &Path) -> io::Result<String> {
    let metadata = ask_cargo(root)?;
    let shipped = shipped(&metadata);
    let mut by_licence: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for package in &shipped {
        by_licence.entry(package.licence()).or_default().push(package.item());
    }
    let list = |(licence, items): (&String, &Vec<String>)| {
        format!("<h2>{}</h2>\n<ul class=\"crates\">\n{}</ul>\n", escaped(licence), items.concat())
    };
    let lists: String = by_licence.iter().map(list).collect();
    Ok(format!(
        "<h1>What Lanes is made of</h1>\n\
         <p>Lanes is free software, MIT or Apache-2.0, as you like. The code of others that is in it is Rust's standard \
         library (MIT or Apache-2.0) and these crates, each under its own licence. Nothing of npm is in it, and it loads \
         nothing from elsewhere.</p>\n{lists}<h2>Their texts</h2>\n\
         <p>As they came with the code. Where several crates have the same, it stands here once.</p>\n{}",
        texts(&shipped)?
    ))
}

/// The texts that came with the packages, each once, with the names of the packages that have it.
fn texts(packages: &[&Package]) -> io::Result<String> {
    // texts that differ in line breaks and margins only are the same
    let mut owners: BTreeMap<Vec<String>, (String, BTreeSet<&str>)> = BTreeMap::new();
    for package in packages {
        for text in package.texts()? {
            let words = text.split_whitespace().map(String::from).collect();
            owners.entry(words).or_insert_with(|| (text, BTreeSet::new())).1.insert(&package.name);
        }
    }
    let mut texts: Vec<_> = owners.into_values().collect();
    texts.sort_by_key(|(_, names)| names.first().copied());
    let fold = |(text, names): &(String, BTreeSet<&str>)| {
        let names = names.iter().copied().collect::<Vec<_>>().join(", ");
        let text = escaped(text.trim_matches(['\r', '\n']));
        format!("<details class=\"licence\"><summary>{}</summary>\n<pre>{text}</pre>\n</details>\n", escaped(&names))
    };
    Ok(texts.iter().map(fold).collect())
}

/// Runs `cargo metadata`, which fetches nothing where a build has already fetched it.
fn ask_cargo(root: &Path) -> io::Result<Metadata> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = ["metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET];
    let said = Command::new(cargo).args(asked).current_dir(root).output()?;
    if !said.status.success() {
        return Err(io::Error::other(format!("cargo metadata: {}", String::from_utf8_lossy(&said.stderr))));
    }
    serde_json::from_slice(&said.stdout).map_err(io::Error::other)
}

/// Third-party packages that are in the page, in order of name.
fn shipped(metadata: &Metadata) -> Vec<&Package> {
    let packages: BTreeMap<_, _> = metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let nodes: BTreeMap<_, _> = metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let own = metadata.packages.iter().filter(|package| package.source.is_none());
    let mut open: Vec<_> =
        own.filter(|package| PROGRAMS.contains(&package.name.as_str())).map(|own| &*own.id).collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if packages[id].is_macro() || !reached.insert(id) {
            continue;
        }
        let to_run = nodes[id].deps.iter().filter(|needed| needed.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        open.extend(to_run.map(|needed| needed.pkg.as_str()));
    }
    let mut found: Vec<_> = reached.into_iter().map(|id| packages[id]).filter(|it| it.source.is_some()).collect();
    found.sort_by_key(|package| (&package.name, &package.version));
    found
}
