//! "One file and one line", counted: a made-up workload and a made-up strategy are added to a copy of the tree, each as
//! one file and one line of its registry. They build, keep the contracts, and links can ask for them.
//!
//! The files in `plugins/` are the examples of the recipes in README.md.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a copy needs none of: it is built, fetched, or for people to read.
const LEFT_OUT: [&str; 5] = [".git", "dist", "docs", "node_modules", "target"];

#[test]
fn a_workload_and_a_strategy_are_one_file_and_one_line_each() {
    let tree = scratch();
    add(&tree, "workloads/src/collatz.rs", "workloads/src/lib.rs", "    collatz::Collatz,\n");
    add(&tree, "strategies/src/all/last_first.rs", "strategies/src/all/mod.rs", "    last_first::LastFirst,\n");
    copy(&made_up("offered.rs"), &tree.join("crates/lab/tests/offered.rs")); // looks, and adds nothing

    for (package, test) in [("workloads", "contract"), ("strategies", "strategies"), ("lab", "offered")] {
        let cargo = std::env::var_os("CARGO").expect("cargo runs this test");
        let run = Command::new(cargo)
            .args(["test", "--offline", "--locked", "-p", package, "--test", test])
            .current_dir(&tree)
            .env("CARGO_TARGET_DIR", tree.with_file_name("built"))
            .output()
            .expect("cargo can be started");
        let said = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() && said.contains("test result: ok"), "{package}, {test}:\n{said}");
    }
}

/// Puts the made-up file of this name where it belongs, and one line at the end of the registry.
fn add(tree: &Path, file: &str, registry: &str, line: &str) {
    let name = Path::new(file).file_name().expect("it is a file").to_str().expect("its name is text");
    copy(&made_up(name), &tree.join(file));
    let before = fs::read_to_string(tree.join(registry)).expect("the registry is there");
    let (head, rest) = before.split_once("\nregistry! {\n").expect("it has a list");
    let (list, rest) = rest.split_once("}\n").expect("the list ends");
    let after = format!("{head}\nregistry! {{\n{list}{line}}}\n{rest}");
    fs::write(tree.join(registry), after).expect("the copy can be written to");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is a folder of the project")
}

fn made_up(name: &str) -> PathBuf {
    root().join("tests/plugins").join(name)
}

/// A fresh copy of the tree. What was built of an earlier one stays beside it.
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

/// Copies a file with its time, so that cargo builds anew what changed and no more.
fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap_or_else(|error| panic!("{} to {}: {error}", from.display(), to.display()));
    let time = fs::metadata(from).and_then(|file| file.modified()).expect("files have times here");
    fs::File::options().write(true).open(to).and_then(|file| file.set_modified(time)).expect("the copy is ours");
}
