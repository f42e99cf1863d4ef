//! A started program together with everything that it starts: all of it is ended together, however this process ends.
//!
//! Drivers start browsers, and browsers start a dozen processes each; killing the driver alone would leave them behind.
//! And this process may be gone before it can kill anything (Ctrl-C, or a panic where panics abort), so a watchman
//! process outlives it.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

/// A shell script: waits until the process at the other end of its input is gone, then kills the group given as its
/// first argument, and removes the folder given as its second one, as soon as nobody writes to it.
const WATCH: &str = "read -r _; kill -s KILL -- \"-$1\"; test -z \"$2\" || { sleep 1; rm -rf -- \"$2\"; }";

/// A process group of our own, killed when dropped.
#[derive(Debug)]
pub struct Group {
    leader: Child,
    watchman: Child,
}

impl Group {
    /// Starts `command` as the first of a new group. If it is this process that ends first, the group's folder of
    /// temporary files goes with the group.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn start(command: &mut Command, folder: Option<&Path>) -> Self {
        let leader = spawn(command);
        let mut watchman = Command::new("sh");
        watchman.args(["-c", WATCH, "watchman", &leader.id().to_string()]).args(folder);
        let watchman = spawn(watchman.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()));
        Self { leader, watchman }
    }

    /// The first process of the group.
    pub fn leader(&mut self) -> &mut Child {
        &mut self.leader
    }

    /// The group's id, with which a signal is sent to all of its processes.
    pub fn id(&self) -> Pid {
        Pid::from_child(&self.leader)
    }

    /// Every process of the group.
    pub fn members(&self) -> Vec<Pid> {
        let group = self.id().to_string();
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = processes.filter_map(|process| process.file_name().to_str()?.parse().ok());
        let ours = |pid: &Pid| {
            let status = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            // "pid (name) state parent group ...", where the name may contain any characters
            let (_, rest) = status.rsplit_once(") ").unwrap_or_default();
            rest.split(' ').nth(2) == Some(group.as_str())
        };
        pids.filter_map(Pid::from_raw).filter(ours).collect()
    }
}

/// The name of a process, which Linux cuts to 15 letters.
pub(crate) fn name(process: Pid) -> String {
    fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default().trim_end().to_owned()
}

/// Starts a command in a process group of its own, so that Ctrl-C at the terminal does not reach it.
fn spawn(command: &mut Command) -> Child {
    let started = command.process_group(0).spawn();
    started.unwrap_or_else(|error| panic!("{:?} does not start: {error}", command.get_program()))
}

impl Drop for Group {
    fn drop(&mut self) {
        // first, because another process may get the group's id once the group is gone
        self.watchman.kill().ok();
        self.watchman.wait().ok();
        kill_process_group(Pid::from_child(&self.leader), Signal::KILL).ok();
        self.leader.wait().ok();
    }
}
