//! A worker's clock as its owner sees it: set by the owner's clock when the worker starts, and compared later.
//!
//! Its messages are not arrays as all others are: `null` asks for the time, and a number is the time, or what to add.
//! Both sides answer as soon as a message is there, without waking a future, because every delay makes the answer less
//! sure.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use futures_channel::oneshot;
use strategies::trace::{Clock, ClockReading, Stamp, ask_again, offset};
use strategies::{Failure, Loss};
use wasm_bindgen::JsValue;

use super::clock::BROWSER_CLOCK;
use super::timers::within;

/// How long a worker may take to send its time.
const LIMIT: Duration = Duration::from_secs(8);

/// The clock of a worker.
pub struct TheirClock {
    worker: web_sys::Worker,
    /// The step of clocks on this machine, in milliseconds.
    step: Cell<f64>,
    /// When the worker was asked last.
    sent: Cell<Stamp>,
    /// What the worker sent while its clock is being set.
    told: RefCell<Vec<ClockReading>>,
    /// Notified when the clock is set.
    setting: RefCell<Option<oneshot::Sender<()>>>,
    /// Receives the reading of a comparison.
    comparing: RefCell<Option<oneshot::Sender<ClockReading>>>,
}

impl TheirClock {
    pub(super) fn new(worker: web_sys::Worker) -> Self {
        let (step, sent) = (Cell::new(0.0), Cell::new(0.0));
        let (told, setting, comparing) = Default::default();
        Self { worker, step, sent, told, setting, comparing }
    }

    /// Begins to set the clock, on a machine whose clocks move in steps of `step` milliseconds. The future completes
    /// when it is set.
    pub fn set(&self, step: f64) -> impl Future<Output = ()> + use<> {
        let (tell, told) = oneshot::channel();
        self.setting.replace(Some(tell));
        self.step.set(step);
        self.ask();
        async { _ = told.await }
    }

    /// How far it and the owner's clock have drifted apart since it was set, in milliseconds; 0 if they have not. If
    /// they have, it is set again.
    ///
    /// # Errors
    /// When the worker does not answer.
    pub async fn compare(&self) -> Result<f64, Failure> {
        let (tell, told) = oneshot::channel();
        self.comparing.replace(Some(tell));
        self.ask();
        let exchange = within(LIMIT, told).await.and_then(Result::ok);
        let exchange = exchange.ok_or(Failure::Lost(Loss::Silent(LIMIT.as_secs())))?;
        let apart = exchange.apart(self.step.get());
        if apart > 0.0 {
            self.add(exchange.offset(self.step.get()));
        }
        Ok(apart)
    }

    /// Takes in a time that the worker sent.
    pub(super) fn tells(&self, theirs: Stamp) {
        let exchange = ClockReading { sent: self.sent.get(), theirs, received: BROWSER_CLOCK.now() };
        if let Some(comparing) = self.comparing.take() {
            comparing.send(exchange).ok();
            return;
        }
        self.told.borrow_mut().push(exchange);
        let told = self.told.borrow();
        if ask_again(&told, self.step.get()) {
            self.ask();
        } else {
            self.add(offset(&told, self.step.get()));
            self.setting.take().map(|setting| setting.send(()));
        }
    }

    fn ask(&self) {
        self.sent.set(BROWSER_CLOCK.now());
        self.post(&JsValue::NULL);
    }

    fn add(&self, offset: f64) {
        self.post(&offset.into());
    }

    fn post(&self, message: &JsValue) {
        self.worker.post_message(message).expect("null and numbers can be cloned");
    }
}
