//! The canvases: which strategy's lanes are on which, what they show now, and when they are drawn again.
//!
//! Not reactive on purpose: while a sample runs, a frame reads its lanes and draws them, and nothing else happens.
//! Invariant: all rows share one time axis; a row is drawn again only if its lanes or the axis changed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use lab::experiment::Experiment;
use leptos::prelude::{request_animation_frame, set_timeout};
use pictures::{Shown, all_printed, printed_until_now};
use strategies::trace::{Clock, Trace};
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::draw::{RowsAxis, draw_axis, draw_news, draw_row};
use super::palette::Palette;
use super::picture::PictureCanvas;
use super::strip::Strip;
use crate::browser::{Live, reduced_motion, visible};
use crate::link::{BROWSER_CLOCK, DRAWN_FROM};

/// The height of the axis' letters in CSS pixels while the axis is not on the page.
const LETTERS: f64 = 12.0;

/// How often the page checks a sample that is not drawn yet.
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// What a lab shows of one strategy.
#[derive(Default)]
struct StrategyCanvases {
    lanes: Option<Strip>,
    picture: Option<PictureCanvas>,
    trace: Option<Trace>,
}

/// Called with a strategy's id and the lines that the tasks of its sample have printed so far.
pub type Reader = dyn Fn(&'static str, String);

/// All canvases of a lab. Components add and remove them.
#[derive(Default)]
pub struct Canvases {
    rows: RefCell<BTreeMap<String, StrategyCanvases>>,
    axis: RefCell<Option<HtmlCanvasElement>>,
    live: RefCell<Option<Rc<RefCell<Live>>>>,
    /// Whether any part of the current sample is on the page.
    begun: Cell<bool>,
    /// The axis' length in microseconds.
    micros: Cell<f64>,
    running: Cell<bool>,
    /// How many runs have begun: a loop that draws one must not draw the next.
    runs: Cell<u32>,
    palette: RefCell<Option<Rc<Palette>>>,
    /// Called with what tasks have printed so far.
    reader: RefCell<Option<Rc<Reader>>>,
    /// The experiment that the pictures show.
    subject: RefCell<Option<Experiment>>,
}

impl Canvases {
    /// The theme's colours: read once, because asking the style sheet costs more than drawing.
    fn palette(&self) -> Rc<Palette> {
        self.palette.borrow_mut().get_or_insert_with(|| Rc::new(Palette::read())).clone()
    }

    /// Draws everything in the colours of the new theme.
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

    /// Sets the canvas for a strategy's lanes, with the names beside it; `None` if it is gone.
    pub fn lanes_at(&self, strategy: &str, place: Option<(HtmlCanvasElement, HtmlElement)>) {
        let strip = place.map(|(canvas, labels)| Strip::new(canvas, labels));
        self.rows.borrow_mut().entry(strategy.into()).or_default().lanes = strip;
        match self.running.get() {
            true => self.draw_row_of(strategy),
            false => self.fit(), // a recording's lanes may be here before their canvas is
        }
    }

    /// Sets the canvas for a strategy's picture; `None` if it is gone. It may come when the run has begun.
    pub fn picture_at(&self, strategy: &str, canvas: Option<HtmlCanvasElement>) {
        let picture = canvas.map(|canvas| PictureCanvas::new(canvas, self.subject.borrow().as_ref()));
        self.rows.borrow_mut().entry(strategy.into()).or_default().picture = picture;
    }

    /// Sets the canvas for the axis; `None` if it is gone.
    pub fn axis_at(&self, canvas: Option<HtmlCanvasElement>) {
        self.axis.replace(canvas);
        self.draw_axis();
    }

    /// Removes a strategy that is no longer shown; unless a run is in progress, the axis is fitted to the others.
    pub fn forget(&self, strategy: &str) {
        self.rows.borrow_mut().remove(strategy);
        if !self.running.get() {
            self.fit();
        }
    }

    /// Forgets what was shown, because another experiment is on the page. Does nothing during a run.
    pub fn clear(&self) {
        if self.running.get() {
            return;
        }
        for row in self.rows.borrow_mut().values_mut() {
            row.trace = None;
            row.picture.as_mut().map(PictureCanvas::clear);
        }
        self.subject.replace(None);
        self.micros.set(0.0);
        self.draw();
    }

    /// Begins a run: shows its samples as they happen, until [`Canvases::end`], and passes what tasks print to
    /// `reader`.
    pub fn begin(self: &Rc<Self>, experiment: &Experiment, reader: Rc<Reader>) {
        self.reader.replace(Some(reader));
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

    /// Draws frame by frame while this run goes on. It uses plain callbacks: waking a future takes a lock that all
    /// threads of the browser's process share, and with a hundred threads the page would wait for the lock rather than
    /// draw.
    fn keep_drawing(self: Rc<Self>, run: u32) {
        if !self.running.get() || self.runs.get() != run {
            return;
        }
        // requesting a frame makes the browser produce one even if nothing changed: only while the sample is drawn
        if self.is_drawn_live() {
            request_animation_frame(move || {
                self.draw_live();
                self.keep_drawing(run);
            });
        } else {
            set_timeout(move || self.keep_drawing(run), LOOK_AGAIN);
        }
    }

    /// Ends the run, and with it live drawing.
    pub fn end(&self) {
        self.running.set(false);
        self.live.replace(None);
    }

    /// Begins to show a sample as it happens.
    pub fn follow(&self, live: Rc<RefCell<Live>>) {
        self.live.replace(Some(live));
        self.begun.set(false);
    }

    /// Ends a sample: its trace stays on the page until the next sample of its strategy. Returns whether its picture,
    /// if it makes one, is whole; it has holes where an answer cannot be read.
    pub fn sampled(&self, live: &mut Live, trace: &Trace) -> bool {
        self.live.replace(None);
        let strategy = live.strategy;
        self.tell_lines(strategy, trace, all_printed); // what came after the last frame, too
        let mut whole = true;
        if let Some(row) = self.rows.borrow_mut().get_mut(strategy) {
            row.trace = Some(trace.clone());
            if let Some(picture) = row.picture.as_mut().filter(|_| live.cold) {
                picture.add(live.tiles(), &trace.lanes, &self.palette());
                whole = live.unread() == 0;
            }
        }
        if visible() && !reduced_motion() {
            self.draw_until(strategy, f64::from(trace.makespan));
        }
        whole
    }

    /// Shows the samples nearest to the medians, on an axis that is just long enough for them.
    pub fn show(&self, shown: &Shown) {
        let mut rows = self.rows.borrow_mut();
        for ours in rows.values_mut() {
            ours.trace = None;
        }
        for theirs in &shown.rows {
            let ours = rows.entry(theirs.strategy.clone()).or_default();
            if let (Some(picture), Some(trace)) = (&mut ours.picture, &theirs.trace) {
                picture.edge(&trace.lanes, &self.palette());
            }
            ours.trace.clone_from(&theirs.trace);
        }
        drop(rows);
        self.fit();
    }

    /// Makes the axis just long enough for what is shown, and draws everything.
    fn fit(&self) {
        let shown = |row: &&StrategyCanvases| row.lanes.is_some();
        let rows = self.rows.borrow();
        let longest = rows.values().filter(shown).filter_map(|row| Some(row.trace.as_ref()?.makespan)).max();
        drop(rows);
        self.micros.set(f64::from(longest.unwrap_or(0)) * 1.01);
        self.draw();
    }

    /// How long the axis is, in microseconds.
    pub fn micros(&self) -> f64 {
        self.micros.get()
    }

    /// Draws everything.
    pub fn draw(&self) {
        let strategies: Vec<_> = self.rows.borrow().keys().cloned().collect();
        for strategy in strategies {
            self.draw_row_of(&strategy);
        }
        self.draw_axis();
    }

    /// Whether the sample that is being taken is drawn while it runs; a timed one on the page's own thread never is.
    fn is_drawn_live(&self) -> bool {
        let drawn = |live: &Live| live.cold || !live.on_page() && BROWSER_CLOCK.now() - live.epoch >= DRAWN_FROM;
        self.live.borrow().as_ref().is_some_and(|live| drawn(&live.borrow()))
    }

    /// Draws what is new since the last frame; draws everything again if the axis has to become longer.
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
        if let Some(trace) = &row.trace {
            self.tell_lines(live.strategy, trace, printed_until_now);
        }
        match &row.lanes {
            Some(strip) if !first && now <= self.micros.get() => {
                draw_news(strip, &news, self.axis(), &self.palette());
            }
            _ => {
                drop(rows);
                self.draw_until(live.strategy, now);
            }
        }
    }

    /// Passes what the tasks of a sample have printed to the reader, as far as `told` finds it in the trace.
    fn tell_lines(&self, strategy: &'static str, trace: &Trace, told: impl Fn(&Experiment, &Trace) -> Option<String>) {
        let lines = self.subject.borrow().as_ref().and_then(|experiment| told(experiment, trace));
        if let (Some(lines), Some(reader)) = (lines, self.reader.borrow().as_ref()) {
            reader(strategy, lines);
        }
    }

    /// Draws a strategy's row. If the axis is too short for `micros`, draws all rows on an axis that is a good deal
    /// longer than needed, so that it seldom changes.
    fn draw_until(&self, strategy: &str, micros: f64) {
        if micros > self.micros.get() {
            self.micros.set(micros * 1.3);
            self.draw();
        } else {
            self.draw_row_of(strategy);
        }
    }

    /// Draws one strategy.
    pub fn draw_row_of(&self, strategy: &str) {
        let rows = self.rows.borrow();
        let Some((row, strip)) = rows.get(strategy).and_then(|row| Some((row, row.lanes.as_ref()?))) else { return };
        draw_row(strip, row.trace.as_ref(), self.axis(), &self.palette());
    }

    fn draw_axis(&self) {
        if let Some(canvas) = self.axis.borrow().as_ref() {
            draw_axis(canvas, self.axis(), &self.palette());
        }
    }

    fn axis(&self) -> RowsAxis {
        let letters = self.axis.borrow().as_ref().map_or(LETTERS, RowsAxis::letters_on);
        RowsAxis { micros: self.micros.get(), letters }
    }
}
