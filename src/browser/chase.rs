//! How soon caches and memory answer, measured in a worker of its own, rung by rung (`strategies/src/chase.rs`). The
//! worker is ended afterwards, because a memory that has grown never shrinks, and the largest rung takes 256 MiB.
//!
//! Memory may be short, on phones above all. A rung whose memory is refused is left out. But instead of refusing, a
//! browser may also end the worker, or the whole page. So before a large rung its size is noted on this device. A page
//! that finds such a note knows that an earlier one did not get past that rung, and from then on that much is not asked
//! for again. What was measured before the worker was lost counts.

use std::mem;

use js_sys::Reflect;
use strategies::chase::RUNGS;
use strategies::costs::Cost;
use strategies::{Failure, Loss};

use super::files::worker_script;
use super::kept::{keep, kept};
use crate::link::{FromRunWorker, Role, START_LIMIT, ToRunWorker, Worker, out_of_turn};

/// The name under which the number of bytes being asked for is noted.
const TRIED: &str = "lanes:chase";
/// No browser ends a page for this many bytes or fewer.
const HARMLESS: usize = 16 << 20;
/// If the device has at most this many GiB of memory, at most this many bytes are asked for.
const FEW: (f64, usize) = (2.0, 64 << 20);

/// How many rungs there are to measure.
pub const PARTS: usize = RUNGS.len();

/// A note that is removed when dropped. If the page is ended before, it stays.
struct Note;

impl Note {
    fn of(bytes: usize) -> Option<Self> {
        (bytes > HARMLESS).then(|| {
            keep(TRIED, Some(&bytes.to_string()));
            Self
        })
    }
}

impl Note {
    /// Leaves the note for the next page to find.
    fn stays(self) {
        mem::forget(self);
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        keep(TRIED, None);
    }
}

/// Adds all rungs to `costs`, as far as there is memory for them; `progress` is called with how many are done.
///
/// # Errors
/// When the worker cannot be started, or is lost at a rung too small for a note; what was measured before is in
/// `costs`.
pub async fn chase(costs: &mut Vec<Cost>, progress: impl Fn(usize)) -> Result<(), Failure> {
    let script = worker_script().await?;
    let mut worker = Worker::start(Role::RunWorker, &script)?;
    let most = most();
    for (at, (id, bytes)) in RUNGS.into_iter().enumerate().filter(|(_, (_, bytes))| *bytes <= most) {
        let note = Note::of(bytes);
        worker.sender().send(&ToRunWorker::Chase(id), vec![])?;
        let answer = match worker.receive(START_LIMIT).await {
            Ok(None) => Err(Failure::Lost(Loss::Silent(START_LIMIT.as_secs()))),
            Ok(Some((FromRunWorker::Probed(probed), _))) => Ok(probed),
            Ok(Some((FromRunWorker::Failed(failure), _))) => Err(failure),
            Ok(Some(_)) => Err(out_of_turn()),
            Err(lost) => Err(lost),
        };
        match (answer, note) {
            (Ok(probed), _) => costs.extend(probed),
            (Err(Failure::Lost(_)), Some(note)) => {
                note.stays();
                break;
            }
            (Err(failure), _) => return Err(failure),
        }
        progress(at + 1);
    }
    Ok(())
}

/// Forgets the note, so that all sizes are tried again.
pub fn try_all_memory_again() {
    keep(TRIED, None);
}

/// How many bytes may be asked for at most.
fn most() -> usize {
    let navigator = web_sys::window().map(|window| window.navigator());
    let gib = navigator.and_then(|navigator| Reflect::get(&navigator, &"deviceMemory".into()).ok()?.as_f64());
    let by_device = if gib.is_some_and(|gib| gib <= FEW.0) { FEW.1 } else { usize::MAX };
    let did_not_come_back = kept(TRIED).and_then(|bytes| bytes.parse::<usize>().ok());
    did_not_come_back.map_or(by_device, |bytes| by_device.min(bytes - 1))
}
