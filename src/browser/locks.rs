//! The browser's locks (Web Locks): each has a name, which all frames, tabs, windows and workers of an origin share,
//! and one holder. A lock is released when its holder is gone, for whatever reason.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use super::parent::object;
use crate::link::WhenBroken;

// web-sys calls its own bindings of this unstable, and does not compile them
#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type LockManager;
    /// Only a secure page has it.
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<LockManager>;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// The browser's locks.
pub struct Locks(LockManager);

impl Locks {
    /// Finds them.
    ///
    /// # Errors
    /// Where there are none.
    pub fn find() -> Result<Self, Refused> {
        LOCKS.with(Option::clone).map(Self).ok_or(Refused)
    }

    /// The lock of this name, if it is neither held nor waited for; otherwise `None`.
    ///
    /// # Errors
    /// Where the browser gives no lock, as for all methods here.
    pub async fn if_free(&self, name: &str) -> Result<Option<NamedLock>, Refused> {
        request(&self.0, name, &[("ifAvailable", JsValue::TRUE)]).await
    }

    /// The lock of this name, after all who held it or waited for it before. Dropping the future withdraws the request.
    pub async fn in_turn(&self, name: &str) -> Result<NamedLock, Refused> {
        let request_ends = Withdraw(AbortController::new().map_err(|_| Refused)?);
        request(&self.0, name, &[("signal", request_ends.0.signal().into())]).await?.ok_or(Refused)
    }

    /// The lock of this name, taken away from its holder if it has one.
    pub async fn away_from_others(&self, name: &str) -> Result<NamedLock, Refused> {
        request(&self.0, name, &[("steal", JsValue::TRUE)]).await?.ok_or(Refused)
    }

    /// Whether the lock of this name is held. Several pages may look at the same time, because each takes it in shared
    /// mode for a moment. (The browser would list all locks, but Firefox does not in a frame on another site's page.)
    pub async fn is_held(&self, name: &str) -> Result<bool, Refused> {
        let look = [("ifAvailable", JsValue::TRUE), ("mode", "shared".into())];
        Ok(request(&self.0, name, &look).await?.is_none())
    }
}

/// The browser gives no lock here.
pub struct Refused;

/// A lock of the browser's, held until this is dropped.
pub struct NamedLock {
    release: Function,
    _when_broken: WhenBroken,
    lost: Rc<Cell<bool>>,
}

impl NamedLock {
    /// Whether it was taken away.
    pub fn lost(&self) -> bool {
        self.lost.get()
    }

    /// A flag that becomes true when the lock is taken away.
    pub fn watch(&self) -> Rc<Cell<bool>> {
        self.lost.clone()
    }

    /// A lock that the browser grants by a call, and what the call has to return: a promise that holds the lock until
    /// it is resolved.
    fn new(lost: Rc<Cell<bool>>) -> (Self, Promise) {
        let mut release = None;
        let kept = Promise::new(&mut |resolve, _| release = Some(resolve));
        let release: Function = release.expect("a promise gives its functions away at once");
        (Self { _when_broken: WhenBroken::call(release.clone()), release, lost }, kept)
    }
}

impl Drop for NamedLock {
    fn drop(&mut self) {
        self.release.call0(&JsValue::NULL).ok();
    }
}

/// Requests a lock, and returns it when it is granted; `None` if it was requested only if free, and is not.
async fn request(manager: &LockManager, name: &str, options: &[(&str, JsValue)]) -> Result<Option<NamedLock>, Refused> {
    let (tell, told) = oneshot::channel();
    let lost = Rc::new(Cell::new(false));
    let taken_away = lost.clone();
    let granted = Closure::once(move |lock: JsValue| {
        let (lock, kept) = match lock.is_null() {
            true => (None, JsValue::UNDEFINED),
            false => {
                let (lock, kept) = NamedLock::new(lost);
                (Some(lock), kept.into())
            }
        };
        tell.send(lock).ok(); // if the caller no longer waits, the lock is dropped at once
        kept
    });
    let over = manager.request(name, &object(options), granted.as_ref()).map_err(|_| Refused)?;
    spawn_local(async move {
        taken_away.set(JsFuture::from(over).await.is_err());
        drop(granted); // no longer needed, called or not; a caller that still waits is woken by that
    });
    told.await.map_err(|_| Refused)
}

/// Ends a request that waits, when dropped.
struct Withdraw(AbortController);

impl Drop for Withdraw {
    fn drop(&mut self) {
        self.0.abort();
    }
}
