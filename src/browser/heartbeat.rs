//! The page's pulse while a sample runs: messages to itself and frames, and when they arrived.
//!
//! A frozen page answers neither. The pulse must not disturb what it reports on: there is a rest between message beats,
//! frames are requested only in samples that are long enough to see one (drawing even an unchanged page takes other
//! threads of the browser a millisecond or two), and everything is done by plain callbacks, which cost less than
//! futures.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessagePort, Window};

use crate::link::{BROWSER_CLOCK, DRAWN_FROM, give_way};
use strategies::trace::{Cause, Clock, LaneBuffer, Span, Stamp, read};

/// Rest between two message beats, in milliseconds.
const REST: i32 = 8;

/// A pulse that is being taken.
pub struct Heartbeat(Rc<HeartbeatState>);

struct HeartbeatState {
    stopped: Cell<bool>,
    /// (when it arrived, what it was), in order
    beats: RefCell<Vec<(Stamp, Cause)>>,
    sender: MessagePort,
    receiver: MessagePort,
}

impl HeartbeatState {
    fn beat(&self, cause: Cause) {
        self.beats.borrow_mut().push((BROWSER_CLOCK.now(), cause));
    }

    /// Starts the beats, which go on because each callback asks for the next. JavaScript owns the callbacks: one may
    /// still be pending when the sample is over, and then does nothing.
    fn start(self: &Rc<Self>) {
        let (timer, message) = (self.clone(), self.clone());
        let send = callback(move || drop(timer.sender.post_message(&JsValue::NULL)));
        let again = send.clone();
        let arrived = callback(move || {
            if !message.stopped.get() {
                message.beat(Cause::Message);
                after(REST, &again);
            }
        });
        self.receiver.set_onmessage(Some(arrived.unchecked_ref()));
        after(REST, &send);
        let pulse = self.clone();
        after(DRAWN_FROM as i32, &callback(move || pulse.clone().ask_for_frame()));
    }

    fn ask_for_frame(self: Rc<Self>) {
        if self.stopped.get() {
            return;
        }
        let drawn = Closure::once_into_js(move || {
            self.beat(Cause::Frame);
            self.ask_for_frame();
        });
        window().request_animation_frame(drawn.unchecked_ref()).ok();
    }
}

impl Heartbeat {
    /// Starts taking the pulse, and returns with its first beat.
    pub async fn start() -> Self {
        give_way().await;
        let channel = MessageChannel::new().expect("every engine with WebAssembly threads has MessageChannel");
        let pulse = Rc::new(HeartbeatState {
            stopped: Cell::new(false),
            beats: RefCell::default(),
            sender: channel.port2(),
            receiver: channel.port1(),
        });
        pulse.beat(Cause::Message);
        pulse.start();
        Self(pulse)
    }

    /// Waits for one more beat, so that a freeze that ends with the sample is seen whole, and returns all beats as
    /// spans since `epoch`, each from one arrival to the next of its kind.
    pub async fn stop(self, epoch: Stamp) -> Vec<Span> {
        give_way().await;
        self.0.beat(Cause::Message);
        let beats = self.0.beats.borrow();
        let kind = |cause| beats.iter().filter(move |(_, kind)| *kind == cause).map(|(at, _)| *at);
        let buffer = LaneBuffer::new(beats.len());
        for cause in [Cause::Message, Cause::Frame] {
            for (start, end) in kind(cause).zip(kind(cause).skip(1)).filter(|(_, end)| *end > epoch) {
                buffer.record(cause, 0, start - epoch, end - epoch);
            }
        }
        read(&buffer.snapshot()).expect("our own buffer").0
    }
}

impl Drop for Heartbeat {
    /// Stops the pulse, however the sample ends. The port lets go of its callback, which holds the pulse, which holds
    /// the port: otherwise neither would ever be freed.
    fn drop(&mut self) {
        self.0.stopped.set(true);
        self.0.receiver.set_onmessage(None);
        self.0.receiver.close();
    }
}

fn callback(call: impl FnMut() + 'static) -> JsValue {
    Closure::<dyn FnMut()>::new(call).into_js_value()
}

fn after(milliseconds: i32, callback: &JsValue) {
    window().set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), milliseconds).ok();
}

fn window() -> Window {
    web_sys::window().expect("only the page has a heartbeat")
}
