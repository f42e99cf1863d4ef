//! The machine on which everything was measured, as far as the operating system describes it.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

/// The commands that measure everything, or a part of it.
const COMMAND: &str = "`make bench`; a part of it, printed and not written, once the page is built: \
     `cargo +stable run --release -p browsers --bin bench -- race recording chromium` \
     (or `processes`, `smooth`, `workloads`, `scaling`, `costs`, `interactive`, `drawing`, `memory`, `simulation`; `firefox`)";

/// Names and values for the document: date, hardware, software, and how busy the machine was before.
pub fn describe() -> Vec<(&'static str, String)> {
    let cores = available_parallelism().map_or_else(|_| "unknown".into(), |cores| cores.to_string());
    vec![
        ("Date", said_by("date", &["-u", "+%Y-%m-%d"])),
        ("Processor", after("/proc/cpuinfo", "model name", ':')),
        ("Cores", cores),
        ("System", after("/etc/os-release", "PRETTY_NAME", '=').trim_matches('"').into()),
        (
            "Load before the run",
            fs::read_to_string("/proc/loadavg")
                .map_or_else(|_| "unknown".into(), |text| text.split(' ').next().unwrap_or_default().into()),
        ),
        ("Kernel", said_by("uname", &["-sr"])),
        ("Compiler of what is native", said_by("rustc", &["+stable", "--version"])),
        ("Command", COMMAND.into()),
    ]
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".into(), |output| String::from_utf8_lossy(&output.stdout).trim().into())
}

/// The value of the first line that begins with `key`, in a file of keys and values.
fn after(file: &str, key: &str, separator: char) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(separator));
    line.map_or_else(|| "unknown".into(), |(_, value)| value.trim().into())
}
