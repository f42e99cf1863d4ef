//! A busy program: it spins on one core until it is dropped, or until this process ends.

use std::process::{Command, Stdio};

use browsers::Group;

/// A running busy program.
pub struct Busy {
    /// Ends it when dropped.
    _group: Group,
}

impl Busy {
    /// Starts a busy program that may use only this core.
    pub fn on(core: usize) -> Self {
        let mut program = Command::new("taskset");
        program.args(["-c", &core.to_string(), "sh", "-c", "while :; do :; done"]);
        program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self { _group: Group::start(&mut program, None) }
    }
}
