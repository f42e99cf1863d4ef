//! Timers, frames, and giving way to whatever else waits for this thread.
//!
//! Giving way goes through a `MessageChannel`: its messages queue fairly behind input, timers and frames. A nested
//! `setTimeout(0)` would idle for 4 ms each time; `scheduler.yield` resumes before timers and messages, so that the
//! page that it was meant to keep alive can starve (see docs/decisions). A browser may lose a message, as Firefox does
//! when the visitor leaves a running page and comes back: a timer that runs as long as any future waits notices that,
//! and opens a new channel.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use futures_util::pin_mut;
use strategies::{Host, Pending, Process};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::driver::delivered;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_animation_frame(callback: &JsValue) -> JsValue;
}

/// A page that has not drawn for this long is not being drawn at all.
const UNSEEN: Duration = Duration::from_millis(100);

/// A timed sample is drawn while it runs only from this age on, in milliseconds: drawing takes time from what is
/// measured, and what is over sooner looks immediate anyway. Before that, no updates are sent to the page, and it
/// requests no frames.
pub const DRAWN_FROM: f64 = 100.0;

/// How long other threads of the browser may draw on after a frame.
const DRAWING: Duration = Duration::from_millis(20);

/// A message that has not arrived after this time, or at the latest after twice this time, counts as lost.
const LOST: Duration = Duration::from_millis(450);

/// A channel from this thread to itself, and the futures that wait for a message through it.
struct Loopback {
    sender: RefCell<web_sys::MessagePort>,
    /// Called for each message that arrives.
    arrived: js_sys::Function,
    waiting: RefCell<VecDeque<oneshot::Sender<()>>>,
    /// How many messages have arrived.
    count: Cell<u64>,
    watched: Cell<bool>,
}

thread_local! {
    static LOOPBACK: &'static Loopback = Loopback::open();
}

impl Loopback {
    fn open() -> &'static Self {
        let arrived = Closure::<dyn Fn()>::new(|| {
            LOOPBACK.with(|loopback| {
                loopback.count.set(loopback.count.get() + 1);
                let first = loopback.waiting.borrow_mut().pop_front();
                first.map(|waiting| waiting.send(()));
            });
            delivered();
        });
        let arrived = arrived.into_js_value().unchecked_into();
        let sender = RefCell::new(channel(&arrived));
        let (waiting, count, watched) = Default::default();
        Box::leak(Box::new(Self { sender, arrived, waiting, count, watched }))
    }

    /// Watches for lost messages as long as any future waits.
    fn watch(&'static self) {
        if self.watched.replace(true) {
            return;
        }
        spawn_local(async move {
            while !self.waiting.borrow().is_empty() {
                let count = self.count.get();
                sleep(LOST).await;
                if self.count.get() == count && !self.waiting.borrow().is_empty() {
                    self.sender.replace(channel(&self.arrived)).close();
                    self.waiting.take().into_iter().for_each(|waiting| _ = waiting.send(()));
                    delivered();
                }
            }
            self.watched.set(false);
        });
    }
}

/// The sending end of a channel whose other end calls `arrived`.
fn channel(arrived: &js_sys::Function) -> web_sys::MessagePort {
    let channel = web_sys::MessageChannel::new().expect("every engine with WebAssembly threads has MessageChannel");
    channel.port1().set_onmessage(Some(arrived));
    channel.port2()
}

/// Returns when everything else that was waiting for this thread has had its turn.
pub async fn give_way() {
    let (wake, woken) = oneshot::channel();
    LOOPBACK.with(|loopback| {
        loopback.waiting.borrow_mut().push_back(wake);
        loopback.sender.borrow().post_message(&JsValue::NULL).expect("null can be cloned");
        loopback.watch();
    });
    woken.await.ok();
}

/// Returns after this time, or a little later, as timers do.
pub async fn sleep(duration: Duration) {
    let (wake, woken) = oneshot::channel();
    let callback = Closure::once(move || {
        wake.send(()).ok();
        delivered();
    });
    let handle = set_timeout(callback.as_ref(), duration.as_secs_f64() * 1000.0);
    let _timer = Timer { handle, _callback: callback };
    woken.await.ok();
}

/// A timer that is cleared when the future that waits for it is dropped: otherwise a time limit that was not reached
/// would be kept until it was. The callback is owned here, because one that frees itself when called would then never
/// be freed.
struct Timer {
    handle: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}

/// The output of `work`, or `None` if it takes longer than `limit`; `work` is dropped then.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    let late = sleep(limit);
    pin_mut!(work, late);
    match select(work, late).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    }
}

/// A context with timers and without processes, as a strategy's host.
pub struct TimersOnly;

impl Host for TimersOnly {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(sleep(duration))
    }

    fn give_way(&self) -> Pending<'_, ()> {
        Box::pin(give_way())
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &[]
    }
}

/// Returns when the page has drawn what there was to draw and has let input in; if nothing is drawn because the page is
/// not seen, it soon returns as well. A frame's callback runs before the frame is drawn, and other threads of the
/// browser go on drawing after that: on a machine of two cores a sample that began at once would share them with the
/// drawing of the last sample.
pub async fn settle() {
    within(UNSEEN, drawn()).await;
    sleep(DRAWING).await;
}

/// Returns when the page was drawn and is about to be drawn again.
pub async fn drawn() {
    frame().await;
    frame().await;
}

/// Returns when the page is about to draw. Only the page has frames.
async fn frame() {
    let (wake, woken) = oneshot::channel();
    let callback = Closure::once_into_js(move || {
        wake.send(()).ok();
    });
    request_animation_frame(&callback);
    woken.await.ok();
}
