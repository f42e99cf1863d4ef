//! What is played of traces that share a time axis: the moment, whether it moves, and how fast.
//!
//! Times are microseconds since the samples began. Traces are prepared only when a moment of them is asked for: that
//! takes some milliseconds for a large trace, and most runs are looked at as a whole.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use pictures::moment::Moment;
use pictures::player::Played;
use strategies::trace::Clock;

use crate::link::BROWSER_CLOCK;

/// How many times slower than the original a trace can be played.
pub const SLOWER: [u32; 8] = [1, 10, 20, 50, 100, 200, 500, 1000];
/// Playing lasts at least this long, in milliseconds, unless the visitor chooses another speed.
const LASTS: f64 = 5000.0;
/// The most that one frame moves on, in milliseconds: a frame that comes later means that the page was not seen.
const LATE: f64 = 250.0;
/// While it is played, words change no sooner than this, in milliseconds: nobody reads faster.
const READ: f64 = 80.0;

/// The traces, and the length of the axis that they are drawn on.
pub struct Tracks {
    /// Each trace.
    pub tracks: Vec<Played>,
    /// The axis' length in microseconds.
    pub axis: f64,
}

/// What the words describe: the moment, and what is going on in each trace then.
pub struct ShownMoment {
    /// The traces.
    pub tracks: Arc<Tracks>,
    /// The moment, in microseconds; while it moves, some frames late.
    pub at: u32,
    /// What is going on in each trace.
    pub moments: Vec<Moment>,
}

/// Prepares the traces when they are needed.
type TraceSource = Rc<dyn Fn() -> Tracks>;

/// Handles to a player's state; copies refer to the same state.
#[derive(Clone, Copy)]
pub struct Play {
    source: RwSignal<Option<TraceSource>, LocalStorage>,
    tracks: RwSignal<Option<Arc<Tracks>>>,
    at: RwSignal<f64>,
    /// `None` while no moment is shown.
    told: RwSignal<Option<Arc<ShownMoment>>>,
    told_at: StoredValue<f64>,
    playing: RwSignal<bool>,
    slower: RwSignal<u32>,
    /// How often it was started: the frame loop of one start must not go on with the next.
    starts: StoredValue<u32>,
    last_frame: StoredValue<f64>,
}

impl Play {
    /// A player with nothing to play.
    pub fn new() -> Self {
        Self {
            source: RwSignal::new_local(None),
            tracks: RwSignal::new(None),
            at: RwSignal::new(0.0),
            told: RwSignal::new(None),
            told_at: StoredValue::new(0.0),
            playing: RwSignal::new(false),
            slower: RwSignal::new(1),
            starts: StoredValue::new(0),
            last_frame: StoredValue::new(0.0),
        }
    }

    /// Sets the traces that can be played from now on, and shows no moment of them; with `None` nothing can be played.
    pub fn bring(&self, source: Option<TraceSource>) {
        self.show_all();
        self.source.set(source);
    }

    /// Whether there is something to play.
    pub fn is_there(&self) -> bool {
        self.source.with(Option::is_some)
    }

    /// Goes back to everything at once, and no moment.
    pub fn show_all(&self) {
        self.playing.set(false);
        self.tracks.set(None);
        self.at.set(0.0);
        self.told.set(None);
    }

    /// Whether a moment is shown.
    pub fn is_open(&self) -> bool {
        self.tracks.with(Option::is_some)
    }

    /// Whether the moment moves.
    pub fn is_playing(&self) -> bool {
        self.playing.get()
    }

    /// The moment that is drawn, as a share of the axis.
    pub fn share(&self) -> f64 {
        let at = self.at.get();
        self.tracks.with(|tracks| tracks.as_ref().map_or(0.0, |tracks| at / tracks.axis.max(1.0)))
    }

    /// The moment, exactly, in microseconds.
    pub fn at(&self) -> f64 {
        self.at.get()
    }

    /// What the words describe; `None` if no moment is shown.
    pub fn told(&self) -> Option<Arc<ShownMoment>> {
        self.told.get()
    }

    /// How many times slower than the original it is played.
    pub fn slower(&self) -> u32 {
        self.slower.get()
    }

    /// Plays `times` times slower than the original from now on.
    pub fn set_slower(&self, times: u32) {
        self.slower.set(times.max(1));
    }

    /// The last moment of all traces, in microseconds; prepares the traces. 0 if there are none.
    pub fn end(&self) -> u32 {
        self.ready().map_or(0, |tracks| tracks.end())
    }

    /// Shows this moment, in microseconds, and stays there.
    pub fn seek(&self, at: f64) {
        let Some(tracks) = self.ready() else { return };
        self.playing.set(false);
        self.show(at.clamp(0.0, f64::from(tracks.end())));
        self.tell();
    }

    /// Shows the moment at this share of the axis.
    pub fn seek_share(&self, share: f64) {
        if let Some(tracks) = self.ready() {
            self.seek(share * tracks.axis);
        }
    }

    /// Goes to the next moment at which anything changes, or, unless `on`, to the previous one.
    pub fn step(&self, on: bool) {
        let Some(tracks) = self.ready() else { return };
        let at = self.at.get_untracked();
        let changes = tracks.tracks.iter().map(Played::moments);
        let change = if on {
            changes.filter_map(|moments| moments.next(at as u32)).min()
        } else {
            changes.filter_map(|moments| moments.previous(at.ceil() as u32)).max()
        };
        if let Some(change) = change {
            self.seek(f64::from(change));
        }
    }

    /// Plays on from the current moment, or from the beginning if that is the end; pauses if it is playing.
    pub fn toggle(&self) {
        if self.playing.get_untracked() {
            self.playing.set(false);
            return self.tell();
        }
        let Some(tracks) = self.ready() else { return };
        if self.at.get_untracked() >= f64::from(tracks.end()) {
            self.show(0.0);
        }
        self.playing.set(true);
        self.starts.update_value(|starts| *starts += 1);
        self.last_frame.set_value(BROWSER_CLOCK.now());
        self.frame(self.starts.get_value());
    }

    fn frame(self, start: u32) {
        request_animation_frame(move || {
            // its lab may be gone by now
            let (Some(true), Some(now)) = (self.playing.try_get_untracked(), self.starts.try_get_value()) else {
                return;
            };
            let Some(tracks) = self.tracks.get_untracked().filter(|_| now == start) else { return };
            let frame = BROWSER_CLOCK.now();
            let passed = (frame - self.last_frame.get_value()).min(LATE) * 1000.0;
            self.last_frame.set_value(frame);
            let end = f64::from(tracks.end());
            self.show((self.at.get_untracked() + passed / f64::from(self.slower.get_untracked())).min(end));
            if self.at.get_untracked() >= end {
                self.playing.set(false);
                return self.tell();
            }
            if frame - self.told_at.get_value() >= READ {
                self.told_at.set_value(frame);
                self.tell();
            }
            self.frame(start);
        });
    }

    fn show(&self, at: f64) {
        self.at.set(at);
    }

    fn tell(&self) {
        let at = self.at.get_untracked() as u32;
        self.told.set(self.tracks.get_untracked().map(|tracks| {
            let moments = tracks.tracks.iter().map(|track| track.moments().at(at)).collect();
            Arc::new(ShownMoment { tracks, at, moments })
        }));
    }

    /// The prepared traces, if there are any.
    fn ready(&self) -> Option<Arc<Tracks>> {
        if let Some(tracks) = self.tracks.get_untracked() {
            return Some(tracks);
        }
        let tracks = Arc::new(self.source.get_untracked()?());
        let longest = f64::from(tracks.end()) / 1000.0;
        let slower = SLOWER.into_iter().find(|times| f64::from(*times) * longest >= LASTS);
        self.slower.set(slower.unwrap_or(SLOWER[SLOWER.len() - 1]));
        self.tracks.set(Some(tracks.clone()));
        self.tell();
        Some(tracks)
    }
}

impl Tracks {
    /// The last moment of all traces, in microseconds.
    pub fn end(&self) -> u32 {
        self.tracks.iter().map(|track| track.moments().end()).max().unwrap_or(0)
    }
}
