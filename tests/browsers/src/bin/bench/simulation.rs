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
pub const COMMAND: &str = "cargo +stable test --release -p simulate --test simulate -- --ignored --nocapture";

/// What the test found.
pub struct Simulated {
    /// What it printed.
    pub table: String,
    /// Whether the test passed: whether everything is as close as it asks for.
    pub close: bool,
}

/// Runs the test; `None` if there is none, or it says nothing.
pub fn measure() -> Option<Simulated> {
    if !root().join("crates/simulate/tests/simulate/main.rs").is_file() {
        return None;
    }
    let mut words = COMMAND.split(' ');
    let mut cargo = Command::new(words.next().expect("a command begins with a program"));
    cargo.args(words).current_dir(root());
    // `cargo +stable run` says to its children which one it is
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let output = cargo.output().expect("cargo is installed");
    let said = String::from_utf8_lossy(&output.stdout);
    // the test's name may stand before the first line that it prints
    let table: String = said
        .lines()
        .skip_while(|line| !line.ends_with(BEGIN))
        .skip(1)
        .take_while(|line| *line != END)
        // what the test harness says while a test takes long
        .filter(|line| !line.starts_with("test "))
        .map(|line| format!("{line}\n"))
        .collect();
    let close = output.status.success();
    if !close {
        println!("{}", String::from_utf8_lossy(&output.stderr));
    }
    (!table.is_empty()).then_some(Simulated { table, close })
}
