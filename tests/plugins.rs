//! "One file and one line", checked: a made-up workload, a made-up strategy and a made-up verdict rule are added to a
//! copy of the tree, each as one file and one line of its registry. They build and keep the contracts, links can name
//! them, and the findings of the rule are put into words.
//!
//! The files are taken from the recipes in README.md. The sentences of a rule are in the rule's own file, so it needs
//! no line for its words. The file of the made-up language, which has all texts, is written by the command that the
//! recipes name. The files in `plugins/` are tests that look at what was added, and add nothing themselves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that a copy does not need: they are built, fetched, or for people to read.
const LEFT_OUT: [&str; 5] = [".git", "dist", "docs", "node_modules", "target"];
/// What is added: a file, whose text is in README, and the registry with its new line.
const ADDED: [(&str, &str, &str); 3] = [
    ("workloads/src/collatz.rs", "workloads/src/lib.rs", "collatz::Collatz,"),
    ("strategies/src/all/last_first.rs", "strategies/src/all/mod.rs", "last_first::LastFirst,"),
    (
        "crates/lab/src/verdict/rules/within_a_frame.rs",
        "crates/lab/src/verdict/rules/mod.rs",
        "within_a_frame::WithinAFrame,",
    ),
];
/// The tests that look at what was added, and the folders that they are copied to.
const LOOKS: [(&str, &str); 2] = [("offered.rs", "crates/lab/tests"), ("said.rs", "crates/words/tests")];
/// Packages and their tests, in the order in which they are run. The first one also writes the made-up language's file.
const TESTS: [(&str, &str); 5] = [
    ("words", "language"),
    ("workloads", "contract"),
    ("strategies", "strategies"),
    ("lab", "offered"),
    ("words", "said"),
];

#[test]
fn a_workload_a_strategy_and_a_rule_are_one_file_and_one_line_each() {
    let tree = scratch();
    let readme = fs::read_to_string(root().join("README.md")).expect("it is there");
    for (file, registry, line) in ADDED {
        assert!(!tree.join(file).exists(), "{file} is no made-up one");
        fs::write(tree.join(file), recipe(&readme, file)).expect("the copy can be written to");
        let step = format!("Add `{line}` to the registry in `{registry}`");
        assert!(readme.contains(&step), "README does not say: {step}");
        add(&tree.join(registry), line);
    }
    for (name, folder) in LOOKS {
        copy(&root().join("tests/plugins").join(name), &tree.join(folder).join(name));
    }

    for (package, test) in TESTS {
        let cargo = std::env::var_os("CARGO").expect("cargo runs this test");
        let run = Command::new(cargo)
            .args(["test", "--offline", "--locked", "-p", package, "--test", test])
            .current_dir(&tree)
            .env("CARGO_TARGET_DIR", tree.with_file_name("built"))
            .env("LANES_WRITE", "1")
            .output()
            .expect("cargo can be started");
        let said = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && said.contains("test result: ok"), "{package}, {test}:\n{said}");
    }
}

/// The text of this file in README, where it is indented by seven spaces.
fn recipe(readme: &str, file: &str) -> String {
    let (_, after) =
        readme.split_once(&format!("Write `{file}`:\n\n")).unwrap_or_else(|| panic!("no recipe has {file}"));
    let lines = after.lines().take_while(|line| line.is_empty() || line.starts_with("       "));
    let text: String = lines.map(|line| format!("{}\n", line.get(7..).unwrap_or_default())).collect();
    format!("{}\n", text.trim_end())
}

/// Puts one line at the end of a registry's list.
fn add(registry: &Path, line: &str) {
    let before = fs::read_to_string(registry).expect("the registry is there");
    let (head, rest) = before.split_once("\nregistry! {\n").expect("it has a list");
    let (list, rest) = rest.split_once("}\n").expect("the list ends");
    let after = format!("{head}\nregistry! {{\n{list}    {line}\n}}\n{rest}");
    fs::write(registry, after).expect("the copy can be written to");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is a folder of the project")
}

/// Makes a fresh copy of the tree. What was built from an earlier copy stays beside it.
fn scratch() -> PathBuf {
    let tree = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugins");
    let _ = fs::remove_dir_all(&tree); // left by an earlier run, if there was one
    copy_all(root(), &tree);
    tree
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("cargo's folder for tests can be written to");
    for entry in fs::read_dir(from).expect("the tree can be read").map(|entry| entry.expect("so can its entries")) {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_file() {
            copy(&path, &to.join(name));
        } else if path.is_dir() && !(from == root() && LEFT_OUT.iter().any(|left| name == *left)) {
            copy_all(&path, &to.join(name));
        }
    }
}

/// Copies a file with its modification time, so that cargo rebuilds only what changed.
fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap_or_else(|error| panic!("{} to {}: {error}", from.display(), to.display()));
    let time = fs::metadata(from).and_then(|file| file.modified()).expect("files have times here");
    fs::File::options().write(true).open(to).and_then(|file| file.set_modified(time)).expect("the copy is ours");
}
