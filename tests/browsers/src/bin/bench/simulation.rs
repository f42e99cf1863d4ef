//! Simulated against measured makespans: a native test of the simulation measures both, and prints what it found.
//!
//! What it prints between two lines of their own, [`BEGIN`] and [`END`], is part of the document as it is.

use std::process::Command;

use crate::peers::root;

/// The line before what is for the document.
const BEGIN: &str = "<!-- bench -->";
/// The line after it.
const END: &str = "<!-- /bench -->";
/// How the test is run.
pub const COMMAND: &str = "cargo +stable test --release -p lanes --test simulate -- --ignored --nocapture";

/// What the test found; `None` if there is no such test, or it says nothing.
pub fn section() -> Option<String> {
    if !root().join("tests/simulate.rs").is_file() {
        return None;
    }
    let mut words = COMMAND.split(' ');
    let mut cargo = Command::new(words.next().expect("a command begins with a program"));
    cargo.args(words).current_dir(root());
    // `cargo +stable run` says to its children which one it is
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let output = cargo.output().expect("cargo is installed");
    if !output.status.success() {
        println!("The simulation's test fails:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    // the test's name may stand before the first line that it prints
    let mut lines = said.lines().skip_while(|line| !line.ends_with(BEGIN)).skip(1);
    let found: Vec<_> = lines.by_ref().take_while(|line| *line != END).collect();
    (!found.is_empty()).then(|| found.join("\n") + "\n")
}
