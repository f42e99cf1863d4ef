//! One measurement at a time over all frames, tabs and windows of an origin: a lock of the browser's, which serves those
//! who wait in order and is free again when its holder is gone, however it went.
//!
//! Who waits asks every second whether the holder is there, through a channel that all of them share, and takes the lock
//! away from one that is silent for too long: it is frozen. A page that stands still on purpose cannot answer, so it says
//! so beforehand, by a second lock whose name says for how long: others find it taken, whatever its holder does. Both sides
//! of a lock that was taken away know that the other may have measured at the same time.
//!
//! Where the browser locks nothing (an insecure page, a sandboxed frame), or who waits could ask nobody, everything goes on
//! without.
//! docs/decisions/0045 has the reasons.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::locks::{Locks, NamedLock, Refused};
use crate::link::sleep;

/// The lock's name, and the channel's. It has no path: two copies of Lanes at one origin disturb each other, too.
const NAME: &str = "lanes: measuring";

/// What is said in the channel: is the holder there?
const ASK: &str = "lanes: is anybody there?";
/// It is.
const HERE: &str = "lanes: here";

/// How often who waits asks. Also how long who took the lock away waits for others who may have done so at the same time.
const LOOK: Duration = Duration::from_secs(1);
/// A holder that is silent for so long is passed over.
const LIMIT: Duration = Duration::from_secs(10);
/// A browser that has not answered after so many looks does not lock.
const ANSWER_LOOKS: usize = 3;

/// The right to measure on this origin, until it is dropped.
pub struct OriginLock {
    /// None where nothing can be locked.
    held: Option<HeldLock>,
}

struct HeldLock {
    lock: NamedLock,
    /// Whether it was taken away from somebody.
    passed_over: bool,
    _answers: Option<Channel>,
}

impl OriginLock {
    /// Takes it, as soon as nobody else has it; `waits` is called once if somebody has. Nothing is left behind if this is
    /// dropped meanwhile.
    pub async fn take(waits: impl FnOnce()) -> Self {
        Self { held: take(waits).await.ok() }
    }

    /// Whether another frame, tab or window may have measured since: one was passed over, or has passed over this one. None
    /// where nothing can be locked, so that nobody knows.
    pub fn another_may_have_measured(&self) -> Option<bool> {
        self.held.as_ref().map(|held| held.passed_over || held.lock.lost())
    }
}

async fn take(waits: impl FnOnce()) -> Result<HeldLock, Refused> {
    let locks = Locks::find()?;
    if let Some(lock) = answered(locks.if_free(NAME)).await.ok_or(Refused)?? {
        return Ok(HeldLock::new(lock, false));
    }
    waits();
    let mut passed_over = false;
    loop {
        if let Some(lock) = wait(&locks).await? {
            return Ok(HeldLock::new(lock, passed_over));
        }
        passed_over = true;
        let held = HeldLock::new(answered(locks.away_from_others(NAME)).await.ok_or(Refused)??, true);
        // others may have lost patience in the same moment: the last of them has the lock, and the others wait for it
        sleep(LOOK).await;
        if !held.lock.lost() {
            return Ok(held);
        }
    }
}

impl HeldLock {
    /// Says that the holder is there: now, because somebody may be about to lose patience with the last one, and whenever
    /// somebody asks.
    fn new(lock: NamedLock, passed_over: bool) -> Self {
        let lost = lock.watch();
        let answers = Channel::open(move |channel, word| {
            if word == ASK && !lost.get() {
                channel.post_message(&HERE.into()).ok();
            }
        });
        answers.as_ref().inspect(|channel| channel.say(HERE));
        Self { lock, passed_over, _answers: answers }
    }
}

/// The lock, when it is our turn; none if its holder was silent for too long. Without a channel nobody could tell how long to
/// wait, so there is none to be had.
async fn wait(locks: &Locks) -> Result<Option<NamedLock>, Refused> {
    let heard = Rc::new(Cell::new(false));
    let note = heard.clone();
    let channel = Channel::open(move |_, word| note.set(note.get() || word == HERE)).ok_or(Refused)?;
    let (lock, silence) = (locks.in_turn(NAME), silence(locks, &channel, &heard));
    pin_mut!(lock, silence);
    match select(lock, silence).await {
        Either::Left((lock, _)) => lock.map(Some),
        Either::Right(_) => Ok(None),
    }
}

/// What the browser answers, if it does. Only looks count: an answer may wait behind another frame that blocks the thread,
/// and so do they.
async fn answered<T>(question: impl Future<Output = T>) -> Option<T> {
    let silence = async {
        for _ in 0..ANSWER_LOOKS {
            sleep(LOOK).await;
        }
    };
    pin_mut!(question, silence);
    match select(question, silence).await {
        Either::Left((answer, _)) => Some(answer),
        Either::Right(_) => None,
    }
}

/// Comes back when the holder was silent for too long. Only looks count: while this page itself stood still, or the machine
/// slept, nobody was silent.
async fn silence(locks: &Locks, channel: &Channel, heard: &Cell<bool>) {
    let mut silent = Duration::ZERO;
    loop {
        channel.say(ASK);
        sleep(LOOK).await;
        silent = if heard.take() { Duration::ZERO } else { silent + LOOK };
        if silent >= LIMIT && !may_stand_still(locks, silent).await {
            return;
        }
    }
}

/// Whether the holder said that it may stand still for longer than this.
async fn may_stand_still(locks: &Locks, silent: Duration) -> bool {
    for longest in standstills().filter(|longest| *longest > silent) {
        if let Some(Ok(true)) = answered(locks.is_held(&standing_still_for(longest))).await {
            return true;
        }
    }
    false
}

/// Says, until what this returns is dropped, that the page may stand still for so long and is not frozen.
pub async fn stand_still(longest: Duration) -> Option<NamedLock> {
    let name = standstills().find(|step| *step >= longest).or(standstills().last()).map(standing_still_for)?;
    answered(Locks::find().ok()?.away_from_others(&name)).await?.ok()
}

/// For how long a page may say that it stands still: from a minute to more than two hours.
fn standstills() -> impl Iterator<Item = Duration> {
    (6..=13).map(|power| Duration::from_secs(1 << power))
}

/// The lock by which it says so.
fn standing_still_for(longest: Duration) -> String {
    format!("lanes: standing still for {} s", longest.as_secs())
}

/// What the frames, tabs and windows of the origin say to each other.
struct Channel {
    inner: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Hears what the others say from now on.
    fn open(hear: impl Fn(&BroadcastChannel, &str) + 'static) -> Option<Self> {
        let inner = BroadcastChannel::new(NAME).ok()?;
        let channel = inner.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(word) = event.data().as_string() {
                hear(&channel, &word);
            }
        });
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { inner, _on_message: on_message })
    }

    fn say(&self, word: &str) {
        self.inner.post_message(&word.into()).ok();
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.inner.set_onmessage(None);
        self.inner.close();
    }
}
