//! The scripted machines: what is done to a browser so that it is known what its page may claim.
//!
//! All of it is undone, whatever happens: a busy program and the browser are process groups that end with this process,
//! a stopped browser is continued when its guard is dropped (and can be killed while it is stopped), and a quota's
//! control group is left before it is removed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fs, io};

use browsers::{Browser, Engine, Fault, Preference};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::busy::Busy;

/// A scripted machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// Two cores that no other program uses.
    TwoCores,
    /// One core, though the browser may believe that it has more.
    OneCore,
    /// Two cores, with a busy program on the second.
    OneOfTwoBusy,
    /// One core, with a busy program on it.
    OneBusy,
    /// Two cores, with a quota of one core's time.
    Quota,
    /// Two cores, with the whole browser stopped for 60 of every 100 ms.
    Stopped,
    /// Two cores, with the whole browser slowed down: it is stopped for 10 of every 40 ms.
    Slowed,
    /// Two cores, with the page's clocks moving in steps of 60 ms.
    Floored,
    /// Two cores, with a browser that coarsens its clocks to 16.7 ms so that visitors cannot be told apart.
    Resisting,
}

use Machine::*;

impl Machine {
    /// All machines that can be made here; [`Quota`] only where this process may set one.
    pub fn all() -> impl Iterator<Item = Self> {
        static QUOTA: LazyLock<bool> = LazyLock::new(|| Cgroup::new().is_ok());
        let all = [TwoCores, OneCore, OneOfTwoBusy, OneBusy, Quota, Stopped, Slowed, Floored, Resisting];
        all.into_iter().filter(|machine| *machine != Quota || *QUOTA)
    }

    /// Its name in keys.
    pub fn id(self) -> &'static str {
        match self {
            TwoCores => "two-cores",
            OneCore => "one-core",
            OneOfTwoBusy => "one-of-two-busy",
            OneBusy => "one-busy",
            Quota => "quota",
            Stopped => "stopped",
            Slowed => "slowed",
            Floored => "floored",
            Resisting => "resisting",
        }
    }

    /// Its name in the document.
    pub fn title(self) -> &'static str {
        match self {
            TwoCores => "two cores",
            OneCore => "one core",
            OneOfTwoBusy => "two cores, a busy program on one",
            OneBusy => "one core and a busy program on it",
            Quota => "two cores, a quota of one core's time",
            Stopped => "two cores, stopped for 60 of every 100 ms",
            Slowed => "two cores, stopped for 10 of every 40 ms",
            Floored => "two cores, clocks with steps of 60 ms",
            Resisting => "two cores, clocks made coarse by the browser",
        }
    }

    /// The engines in which it can be made.
    pub fn engines(self) -> &'static [Engine] {
        match self {
            Floored => &[Engine::Chromium],
            Resisting => &[Engine::Firefox],
            _ => &[Engine::Chromium, Engine::Firefox],
        }
    }

    /// The preference with which the browser is started.
    pub fn preference(self) -> Preference {
        match self {
            OneCore | OneBusy => Preference::Cores(1),
            Resisting => Preference::CoresAndCoarseClock(2),
            _ => Preference::Cores(2),
        }
    }

    /// The fault in the page's files, if the machine needs one.
    pub fn fault(self) -> Option<Fault> {
        (self == Floored).then_some(Fault::COARSE_CLOCK)
    }

    /// Sets up the rest of the machine for a browser that has opened the page. Dropping the guard undoes it.
    pub fn set_up(self, browser: &Browser) -> Box<dyn Guard> {
        match self {
            TwoCores | OneCore | Floored | Resisting => Box::new(()),
            OneOfTwoBusy => Box::new(Busy::on(1)),
            OneBusy => Box::new(Busy::on(0)),
            Quota => Box::new(Cgroup::around(browser).expect("it was possible a moment ago")),
            Stopped => Box::new(Duty::of(browser.group(), 60, 40)),
            Slowed => Box::new(Duty::of(browser.group(), 10, 30)),
        }
    }
}

/// A value that undoes a set-up when it is dropped.
pub trait Guard {}

impl Guard for () {}
impl Guard for Busy {}
impl Guard for Duty {}
impl Guard for Cgroup {}

/// Stops and continues a process group in turns.
struct Duty {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Duty {
    /// Stops the group for `stopped` milliseconds, continues it for `running` milliseconds, and so on.
    fn of(group: Pid, stopped: u64, running: u64) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let seen = ended.clone();
        let thread = thread::spawn(move || {
            while !seen.load(Relaxed) {
                for (signal, milliseconds) in [(Signal::STOP, stopped), (Signal::CONT, running)] {
                    kill_process_group(group, signal).ok(); // if the browser is gone, the code that drives it notices
                    thread::sleep(Duration::from_millis(milliseconds));
                }
            }
        });
        Self { ended, thread: Some(thread) }
    }
}

impl Drop for Duty {
    /// The thread's last action is to continue the group.
    fn drop(&mut self) {
        self.ended.store(true, Relaxed);
        self.thread.take().map(JoinHandle::join);
    }
}

/// A control group with a quota of one core's time.
struct Cgroup {
    /// The root of the hierarchy of control groups for CPU time.
    root: &'static Path,
    folder: PathBuf,
}

impl Cgroup {
    /// An empty group, in version 2 of control groups or else in version 1; an error where this process may not make
    /// one.
    fn new() -> io::Result<Self> {
        Self::below("/sys/fs/cgroup", &[("cpu.max", "100000 100000")]).or_else(|_| {
            let quota = [("cpu.cfs_period_us", "100000"), ("cpu.cfs_quota_us", "100000")];
            Self::below("/sys/fs/cgroup/cpu", &quota)
        })
    }

    fn below(root: &'static str, quota: &[(&str, &str)]) -> io::Result<Self> {
        let root = Path::new(root);
        let folder = root.join(format!("lanes-honesty-{}", std::process::id()));
        fs::create_dir(&folder)?;
        let group = Self { root, folder };
        // fails where the group does not have this file
        quota.iter().try_for_each(|(file, value)| fs::write(group.folder.join(file), value))?;
        Ok(group)
    }

    /// A group with all processes of a browser, including those that the browser starts later.
    fn around(browser: &Browser) -> io::Result<Self> {
        let group = Self::new()?;
        Self::move_into(&group.folder, browser.processes().iter().map(Pid::to_string))?;
        Ok(group)
    }

    fn move_into(folder: &Path, mut processes: impl Iterator<Item = String>) -> io::Result<()> {
        processes.try_for_each(|process| fs::write(folder.join("cgroup.procs"), process))
    }
}

impl Drop for Cgroup {
    fn drop(&mut self) {
        let inside = fs::read_to_string(self.folder.join("cgroup.procs")).unwrap_or_default();
        Self::move_into(self.root, inside.lines().map(str::to_owned)).ok();
        fs::remove_dir(&self.folder).ok();
    }
}
