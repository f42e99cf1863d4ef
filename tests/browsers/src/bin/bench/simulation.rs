//! Simulated against measured makespans: a native test of the simulation measures both, and prints the results.
//!
//! The text that the test prints between the lines [`BEGIN`] and [`END`] goes into the document unchanged.

use std::process::Command;

use crate::peers::root;

/// The line before the text for the document.
const BEGIN: &str = "<!-- bench -->";
/// The line after the text for the document.
const END: &str = "<!-- /bench -->";
/// The command that runs the test.
pub const COMMAND: &str = "cargo +stable test --release -p simulate --test simulate -- --ignored --nocapture";

/// The result of the test.
pub struct Simulated {
    /// The table that it printed.
    pub table: String,
    /// Whether the test passed, that is, whether all makespans are as close as it demands.
    pub close: bool,
}

/// Runs the test; `None` if there is no such test, or if it prints no table.
pub fn measure() -> Option<Simulated> {
    if !root().join("crates/simulate/tests/simulate/main.rs").is_file() {
        return None;
    }
    let mut words = COMMAND.split(' ');
    let mut cargo = Command::new(words.next().expect("a command begins with a program"));
    cargo.args(words).current_dir(root());
    // `cargo +stable run` tells its children through these variables which toolchain to use
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let output = cargo.output().expect("cargo is installed");
    let said = String::from_utf8_lossy(&output.stdout);
    // the test's name may stand before the first line that it prints
    let table: String = said
        .lines()
        .skip_while(|line| !line.ends_with(BEGIN))
        .skip(1)
        .take_while(|line| *line != END)
        // lines that the test harness prints while a test takes long
        .filter(|line| !line.starts_with("test "))
        .map(|line| format!("{line}\n"))
        .collect();
    let close = output.status.success();
    if !close {
        println!("{}", String::from_utf8_lossy(&output.stderr));
    }
    (!table.is_empty()).then_some(Simulated { table, close })
}
