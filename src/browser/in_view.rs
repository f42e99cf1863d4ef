//! Whether an element is within view: a part of it lies in the viewport of the outermost page, and nothing hides it.
//!
//! An `IntersectionObserver` reports that through any number of frames, even those of other sites; an element that is
//! not rendered has no place and is not within view. It does not report three things, so these are checked when they
//! matter:
//! - `visibility` and `opacity`, of the element and of the frames around it as far as their pages are of this origin;
//! - in Firefox, whether a frame of another site has gone out of view: it is hardly drawn any more, and its observer is
//!   silent;
//! - whether the tab is hidden, which is another matter (see `visibility.rs`).

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, ResizeObserver};

use super::parent::object;
use super::visibility::visible;
use crate::link::{drawn, sleep, within};

/// The least width and height of the visible part that counts, in CSS pixels: less shows not even one line of text. A
/// share of the element's size would not do: a lab is often higher than any window.
const LEAST: f64 = 16.0;
/// How long a run waits for the report that its lab is within view: for a frame that was just loaded, the first report
/// is late or wrong.
const FIRST_WORDS: Duration = Duration::from_millis(500);
/// How often styles are checked while a caller waits, because nothing reports their changes.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// How many periods to wait, and how long each is: a page within view is drawn twice in one of them, however busy it
/// is; a page out of view is drawn once a second, or never.
const DRAWN_WITHIN: (usize, Duration) = (3, Duration::from_millis(300));

#[wasm_bindgen]
extern "C" {
    type Styled;
    /// Missing in older browsers.
    #[wasm_bindgen(method, catch, js_name = checkVisibility)]
    fn check_visibility(this: &Styled, options: &JsValue) -> Result<bool, JsValue>;
}

/// Follows how much of an element is within view.
#[derive(Default)]
pub struct InView {
    told: Rc<Observed>,
    watching: RefCell<Option<Watching>>,
}

/// An element, and the callbacks of its observers, which have to live as long.
struct Watching {
    element: Element,
    _hear: Closure<dyn FnMut(Array, IntersectionObserver)>,
    _resized: Closure<dyn FnMut(Array, ResizeObserver)>,
}

/// What the observer reported.
#[derive(Default)]
struct Observed {
    /// The area within view at the last report, in square pixels; `None` before the first report.
    area: Cell<Option<f64>>,
    /// How often it went out of view.
    losses: Cell<usize>,
    /// Wakes the callers that wait for the next report.
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Observed {
    fn say(&self, area: f64) {
        if area == 0.0 {
            self.losses.set(self.losses.get() + 1);
        }
        self.area.set(Some(area));
        for waiting in self.waiting.take() {
            waiting.send(()).ok();
        }
    }

    async fn next(&self) {
        let (wake, woken) = oneshot::channel();
        self.waiting.borrow_mut().push(wake);
        woken.await.ok();
    }
}

impl InView {
    /// Follows this element from now on.
    pub fn watch(&self, element: &Element) {
        let (told, asked) = (self.told.clone(), Rc::new(OnceCell::<IntersectionObserver>::new()));
        // An element without a size is within view as a whole. It still is when it gets a size, so the observer reports
        // nothing. Its size is therefore observed, but only while it has none: a change during a resize report is an
        // error in WebKit.
        let (again, target) = (asked.clone(), element.clone());
        let resized = Closure::<dyn FnMut(Array, ResizeObserver)>::new(move |_, sizes: ResizeObserver| {
            if has_size(&target) {
                sizes.disconnect();
                again.get().inspect(|observer| ask_again(observer, &target));
            }
        });
        let sizes = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        let hear = Closure::<dyn FnMut(Array, IntersectionObserver)>::new(move |entries: Array, observer| {
            let Some(newest) = entries.pop().dyn_into::<IntersectionObserverEntry>().ok() else { return };
            told.say(area(&newest));
            if told.area.get() != Some(0.0) {
                return;
            }
            if is_outdated(&newest) {
                ask_again(&observer, &newest.target());
            } else if !has_size(&newest.target()) {
                sizes.iter().for_each(|sizes| sizes.observe(&newest.target()));
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_threshold(&thresholds());
        let Ok(observer) = IntersectionObserver::new_with_options(hear.as_ref().unchecked_ref(), &options) else {
            return self.told.say(f64::INFINITY); // not known: not to be held against the page
        };
        asked.get_or_init(|| observer).observe(element);
        let watching = Watching { element: element.clone(), _hear: hear, _resized: resized };
        self.watching.replace(Some(watching));
    }

    /// The area within view, in square pixels of its own page, as last reported; 0 before the first report.
    pub fn area(&self) -> f64 {
        self.told.area.get().unwrap_or(0.0)
    }

    /// Whether it is within view now, as far as can be known at once.
    fn now(&self) -> bool {
        self.area() > 0.0 && !self.watching.borrow().as_ref().is_some_and(|watching| styled_away(&watching.element))
    }

    /// Returns when it is within view.
    pub async fn come(&self) {
        while !self.now() {
            if self.area() > 0.0 {
                sleep(LOOK_AGAIN).await;
            } else {
                self.told.next().await;
            }
        }
    }
}

/// Notes whether an element was out of view at any time since [`Sight::begin`].
pub struct Sight {
    view: Rc<InView>,
    /// How often it had gone out of view before that.
    losses: Cell<usize>,
    out: Rc<Cell<bool>>,
}

impl Sight {
    /// For this view, which is not watched yet.
    pub fn of(view: Rc<InView>) -> Self {
        Self { view, losses: Cell::new(0), out: Rc::default() }
    }

    /// Watches from now on.
    pub async fn begin(&self) {
        within(FIRST_WORDS, self.view.come()).await;
        self.losses.set(self.view.told.losses.get());
        self.look();
    }

    /// Checks for what no observer reports: between two samples, when the page is drawn anyway.
    pub fn look(&self) {
        if self.seen_now() {
            spawn_local(note_if_not_drawn(self.out.clone()));
        }
    }

    /// Whether it was out of view at any time since [`Sight::begin`].
    pub async fn was_out(&self) -> bool {
        if self.seen_now() {
            note_if_not_drawn(self.out.clone()).await;
        }
        self.out.get()
    }

    fn seen_now(&self) -> bool {
        if !self.view.now() || self.view.told.losses.get() != self.losses.get() {
            self.out.set(true);
        }
        !self.out.get()
    }
}

async fn note_if_not_drawn(out: Rc<Cell<bool>>) {
    if !is_drawn().await {
        out.set(true);
    }
}

/// Whether the browser draws this page. Also true if the tab is hidden, which is reported elsewhere.
async fn is_drawn() -> bool {
    let (times, duration) = DRAWN_WITHIN;
    for _ in 0..times {
        if within(duration, drawn()).await.is_some() || !visible() {
            return true;
        }
    }
    false
}

/// The area of the part within view, in square pixels; 0 if it is too small to show anything.
fn area(entry: &IntersectionObserverEntry) -> f64 {
    let part = entry.intersection_rect();
    let shows = entry.is_intersecting() && part.width().min(part.height()) >= LEAST;
    if shows { part.width() * part.height() } else { 0.0 }
}

/// Whether the element has another size by now: Firefox reports an element that it renders for the first time as if it
/// had no size.
fn is_outdated(entry: &IntersectionObserverEntry) -> bool {
    let (told, now) = (entry.bounding_client_rect(), entry.target().get_bounding_client_rect());
    entry.is_intersecting() && (told.width(), told.height()) != (now.width(), now.height())
}

fn has_size(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    place.width() > 0.0 && place.height() > 0.0
}

fn ask_again(observer: &IntersectionObserver, element: &Element) {
    observer.unobserve(element);
    observer.observe(element);
}

/// The visible shares at which the observer reports: in steps of a twentieth, and below that in halves, so that however
/// large the element is, a report comes within a factor of two of the least area that counts.
fn thresholds() -> JsValue {
    let twentieths = (1..=20).map(|at| f64::from(at) / 20.0);
    let halves = (5..=12).map(|at| 0.5_f64.powi(at));
    std::iter::once(0.0).chain(halves).chain(twentieths).map(JsValue::from).collect::<Array>().into()
}

/// Whether the element, or a frame around it, takes up space but is not painted.
fn styled_away(element: &Element) -> bool {
    // each under its old name and its new one
    let options = ["visibilityProperty", "checkVisibilityCSS", "opacityProperty", "checkOpacity"];
    let options = object(&options.map(|name| (name, true.into())));
    let mut next = Some(element.clone());
    while let Some(element) = next {
        if element.unchecked_ref::<Styled>().check_visibility(&options).is_ok_and(|painted| !painted) {
            return true;
        }
        let window = element.owner_document().and_then(|document| document.default_view());
        next = window.and_then(|window| window.frame_element().ok().flatten());
    }
    false
}
