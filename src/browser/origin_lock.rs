//! One measurement at a time in all frames, tabs and windows of an origin: a browser lock, which serves waiting pages
//! in order and is released when its holder is gone, for whatever reason.
//!
//! A waiting page asks every second whether the lock holder is there, through a channel that all pages share. It takes
//! the lock away from a holder that is silent for too long, because such a page is frozen. A page that blocks on
//! purpose cannot answer, so it announces that beforehand by a second lock, whose name says for how long: other pages
//! find that lock taken, whatever its holder does. Both sides of a lock that was taken away know that the other may
//! have measured at the same time.
//!
//! Where the browser offers no locks (an insecure page, a sandboxed frame), or a waiting page has no channel to ask
//! through, measurements go on without a lock.
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

/// The question in the channel: is the holder there?
const ASK: &str = "lanes: is anybody there?";
/// The holder's answer: it is.
const HERE: &str = "lanes: here";

/// How often a waiting page asks. Also how long a page that took the lock away waits for others that may have done so
/// at the same time.
const LOOK: Duration = Duration::from_secs(1);
/// A holder that is silent for this long loses the lock.
const LIMIT: Duration = Duration::from_secs(10);
/// A browser that has not answered after this many looks offers no locks.
const ANSWER_LOOKS: usize = 3;

/// The right to measure on this origin, until it is dropped.
pub struct OriginLock {
    /// `None` where the browser offers no locks.
    held: Option<HeldLock>,
}

struct HeldLock {
    lock: NamedLock,
    /// Whether it was taken away from another page.
    passed_over: bool,
    _answers: Option<Channel>,
}

impl OriginLock {
    /// Takes the lock as soon as it is free; calls `waits` once if another page has it. Nothing is left behind if this
    /// is dropped meanwhile.
    pub async fn take(waits: impl FnOnce()) -> Self {
        Self { held: take(waits).await.ok() }
    }

    /// Whether another frame, tab or window may have measured since: this page took the lock away from one, or one took
    /// it away from this page. `None` where the browser offers no locks, so that this is not known.
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
        // others may have taken it away at the same moment: the last of them has the lock, and the others wait for it
        sleep(LOOK).await;
        if !held.lock.lost() {
            return Ok(held);
        }
    }
}

impl HeldLock {
    /// Announces that the holder is there: now, because a waiting page may be about to give up on the previous holder,
    /// and whenever a page asks.
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

/// The lock, when it is this page's turn; `None` if its holder was silent for too long. Refused without a channel,
/// because then nothing shows how long to wait.
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

/// The browser's answer; `None` if it does not answer. Looks are counted rather than time: if another frame blocks the
/// thread, both the answer and the looks wait for it.
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

/// Returns when the holder was silent for too long. Looks are counted rather than time: the time for which this page
/// itself was blocked, or the machine slept, is not the holder's silence.
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

/// Whether the holder announced that it may block for longer than `silent`.
async fn may_stand_still(locks: &Locks, silent: Duration) -> bool {
    for longest in standstills().filter(|longest| *longest > silent) {
        if let Some(Ok(true)) = answered(locks.is_held(&standing_still_for(longest))).await {
            return true;
        }
    }
    false
}

/// Announces that the page may block for up to `longest` and is not frozen, until the returned lock is dropped. `None`
/// where the browser offers no locks.
pub async fn stand_still(longest: Duration) -> Option<NamedLock> {
    let name = standstills().find(|step| *step >= longest).or(standstills().last()).map(standing_still_for)?;
    answered(Locks::find().ok()?.away_from_others(&name)).await?.ok()
}

/// The lengths of time for which a page may announce that it blocks: from a minute to more than two hours.
fn standstills() -> impl Iterator<Item = Duration> {
    (6..=13).map(|power| Duration::from_secs(1 << power))
}

/// The name of the lock that announces it.
fn standing_still_for(longest: Duration) -> String {
    format!("lanes: standing still for {} s", longest.as_secs())
}

/// The channel between the frames, tabs and windows of the origin.
struct Channel {
    inner: BroadcastChannel,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Calls `hear` with each message from the others from now on; `None` if the browser refuses a channel.
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
