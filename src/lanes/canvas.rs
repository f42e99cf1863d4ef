//! The canvases: which strategy's lanes are on which, what they show now, and when they are drawn again.
//!
//! Not reactive on purpose: while a sample runs, a frame reads its lanes and draws them, and nothing else happens.
//! Invariant: all rows share one time axis; a row is drawn again only if its lanes or the axis changed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, request_animation_frame, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::paint::Palette;
use super::picture::Canvas;
use super::state::Outcome;
use super::timeline::{draw_axis, draw_news, draw_row};
use lab::experiment::Experiment;
use crate::platform::{BROWSER_CLOCK, Live, reduced_motion, visible};
use strategies::trace::{Clock, Trace};

/// A timed sample is drawn while it runs only from this age on, in milliseconds, and not at all if it runs on the page's
/// own thread: drawing takes time from what is measured, and what is over sooner looks immediate anyway.
const LIVE_AFTER: f64 = 100.0;

/// How often a sample is looked at that is not drawn yet.
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// What the page shows of one strategy.
#[derive(Default)]
struct Row {
    lanes: Option<HtmlCanvasElement>,
    picture: Option<Canvas>,
    trace: Option<Trace>,
}

/// All canvases of the page.
#[derive(Default)]
pub struct Screen {
    rows: RefCell<BTreeMap<String, Row>>,
    axis: RefCell<Option<HtmlCanvasElement>>,
    live: RefCell<Option<Rc<RefCell<Live>>>>,
    /// Whether something of the sample that is being taken is on the page.
    begun: Cell<bool>,
    /// The axis' length in microseconds.
    micros: Cell<f64>,
    running: Cell<bool>,
    /// How many runs there were: a loop that draws one must not draw the next.
    runs: Cell<u32>,
    palette: RefCell<Option<Rc<Palette>>>,
    /// What the pictures show.
    subject: RefCell<Option<Experiment>>,
}

impl Screen {
    /// The theme's colours: read once, because asking the style sheet costs more than drawing.
    fn palette(&self) -> Rc<Palette> {
        self.palette.borrow_mut().get_or_insert_with(|| Rc::new(Palette::read())).clone()
    }

    /// The theme has changed.
    pub fn recolour(&self) {
        self.palette.replace(None);
        for row in self.rows.borrow_mut().values_mut() {
            if let (Some(picture), Some(trace)) = (&mut row.picture, &row.trace) {
                picture.forget_edges();
                picture.edge(&trace.lanes, &self.palette());
            }
        }
        self.draw();
    }

    /// Takes the canvases that the page has now for these strategies, and draws on those that are new; a picture's may
    /// come when the run has begun. What was of other strategies is forgotten.
    pub fn adopt(&self, strategies: &[&str]) {
        let mut rows = self.rows.borrow_mut();
        rows.retain(|id, _| strategies.contains(&id.as_str()));
        for id in strategies {
            let row = rows.entry((*id).into()).or_default();
            row.lanes = canvas(&format!("[data-strategy={id}] canvas"));
            let shown = canvas(&format!("[data-picture={id}]"));
            if row.picture.as_ref().map(Canvas::element) != shown.as_ref() {
                row.picture = shown.map(|shown| Canvas::new(shown, self.subject.borrow().as_ref()));
            }
        }
        drop(rows);
        self.axis.replace(canvas(".axis canvas"));
        self.draw();
    }

    /// Forgets what was shown: another experiment is on the page.
    pub fn clear(&self) {
        if self.running.get() {
            return;
        }
        for row in self.rows.borrow_mut().values_mut() {
            row.trace = None;
            row.picture.as_mut().map(Canvas::clear);
        }
        self.subject.replace(None);
        self.micros.set(0.0);
        self.draw();
    }

    /// A run begins: shows its samples as they happen, until [`Screen::end`].
    pub fn begin(self: &Rc<Self>, experiment: &Experiment) {
        for row in self.rows.borrow_mut().values_mut() {
            row.trace = None;
            if let Some(picture) = &mut row.picture {
                picture.begin(experiment);
            }
        }
        self.subject.replace(Some(experiment.clone()));
        self.micros.set(0.0);
        self.draw();
        self.running.set(true);
        self.runs.set(self.runs.get() + 1);
        if !reduced_motion() {
            self.clone().keep_drawing(self.runs.get());
        }
    }

    /// Draws frame by frame while this run goes on. By plain callbacks: waking a future takes a lock that all threads of
    /// the browser's process share, and with a hundred of them the page would wait for it rather than draw.
    fn keep_drawing(self: Rc<Self>, run: u32) {
        if !self.running.get() || self.runs.get() != run {
            return;
        }
        // asking for a frame makes the browser produce one, also if nothing changed: only where it is drawn
        if self.is_drawn_live() {
            request_animation_frame(move || {
                self.draw_live();
                self.keep_drawing(run);
            });
        } else {
            set_timeout(move || self.keep_drawing(run), LOOK_AGAIN);
        }
    }

    /// The run ended.
    pub fn end(&self) {
        self.running.set(false);
        self.live.replace(None);
    }

    /// A sample begins.
    pub fn follow(&self, live: Rc<RefCell<Live>>) {
        self.live.replace(Some(live));
        self.begun.set(false);
    }

    /// A sample is done: its trace stays on the page until the next of its strategy.
    pub fn sampled(&self, live: &mut Live, trace: &Trace) {
        self.live.replace(None);
        let strategy = live.strategy;
        if let Some(row) = self.rows.borrow_mut().get_mut(strategy) {
            row.trace = Some(trace.clone());
            if let Some(picture) = row.picture.as_mut().filter(|_| live.cold) {
                picture.add(live.tiles(), &trace.lanes, &self.palette());
            }
        }
        if visible() && !reduced_motion() {
            self.draw_until(strategy, f64::from(trace.makespan));
        }
    }

    /// Shows the samples that are nearest the medians, on an axis that just holds them.
    pub fn show(&self, outcome: &Outcome) {
        for (strategy, row) in self.rows.borrow_mut().iter_mut() {
            let series = outcome.series_of(strategy);
            let typical = series.and_then(|series| {
                let at = outcome.numbers_of(series).map_or(0, |numbers| numbers.typical);
                series.samples.get(at)
            });
            if let (Some(picture), Some(trace)) = (&mut row.picture, typical) {
                picture.edge(&trace.lanes, &self.palette());
            }
            row.trace = typical.cloned();
        }
        self.fit();
    }

    /// Makes the axis just hold what is shown, and draws everything.
    pub fn fit(&self) {
        let longest = self.rows.borrow().values().filter_map(|row| Some(row.trace.as_ref()?.makespan)).max();
        self.micros.set(f64::from(longest.unwrap_or(0)) * 1.01);
        self.draw();
    }

    /// Draws everything.
    pub fn draw(&self) {
        let strategies: Vec<_> = self.rows.borrow().keys().cloned().collect();
        for strategy in strategies {
            self.draw_row_of(&strategy);
        }
        self.draw_axis();
    }

    /// Whether the sample that is being taken is drawn while it runs.
    fn is_drawn_live(&self) -> bool {
        let drawn = |live: &Live| live.cold || !live.on_page() && BROWSER_CLOCK.now() - live.epoch >= LIVE_AFTER;
        self.live.borrow().as_ref().is_some_and(|live| drawn(&live.borrow()))
    }

    /// Draws what is new since the last frame; all of it, if the axis has to become longer for that.
    fn draw_live(&self) {
        let Some(live) = self.live.borrow().clone() else { return };
        let mut live = live.borrow_mut();
        let now = (BROWSER_CLOCK.now() - live.epoch) * 1000.0;
        let mut rows = self.rows.borrow_mut();
        let Some(row) = rows.get_mut(live.strategy) else { return };
        if !self.begun.replace(true) {
            row.trace = None;
        }
        let first = row.trace.is_none();
        let lanes = &mut row.trace.get_or_insert_default().lanes;
        let news = live.catch_up(lanes);
        if let Some(picture) = row.picture.as_mut().filter(|_| live.cold) {
            picture.add(live.tiles(), lanes, &self.palette());
        }
        match &row.lanes {
            Some(canvas) if !first && now <= self.micros.get() => {
                draw_news(canvas, &news, self.micros.get(), &self.palette());
            }
            _ => {
                drop(rows);
                self.draw_until(live.strategy, now);
            }
        }
    }

    /// Draws a strategy's row, or, where the axis is too short for `micros`, all of them on one that is longer by a good
    /// deal, so that it seldom moves.
    fn draw_until(&self, strategy: &str, micros: f64) {
        if micros > self.micros.get() {
            self.micros.set(micros * 1.3);
            self.draw();
        } else {
            self.draw_row_of(strategy);
        }
    }

    fn draw_row_of(&self, strategy: &str) {
        let rows = self.rows.borrow();
        let Some((row, canvas)) = rows.get(strategy).and_then(|row| Some((row, row.lanes.as_ref()?))) else { return };
        draw_row(canvas, row.trace.as_ref(), self.micros.get(), &self.palette());
    }

    fn draw_axis(&self) {
        if let Some(canvas) = self.axis.borrow().as_ref() {
            draw_axis(canvas, self.micros.get(), &self.palette());
        }
    }
}

/// A canvas on the page.
fn canvas(selector: &str) -> Option<HtmlCanvasElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}
