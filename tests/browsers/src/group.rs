//! A started program together with everything that it starts: ended as one.
//!
//! Drivers start browsers, and browsers start a dozen processes each; killing the driver alone leaves them behind.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, kill_process_group};

/// A process group of our own, killed when dropped.
#[derive(Debug)]
pub struct Group(Child);

impl Group {
    /// Starts `command` as the first of a new group.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let started = command.process_group(0).spawn();
        Self(started.unwrap_or_else(|error| panic!("{:?} does not start: {error}", command.get_program())))
    }

    /// The first process of the group.
    pub fn leader(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        kill_process_group(Pid::from_child(&self.0), Signal::KILL).ok();
        self.0.wait().ok();
    }
}
