//! One strategy's canvas, and where on it its lanes are: beside their names, wherever the browser has put those.
//!
//! The places are measured rather than computed, because only the browser knows them: how large letters are is the
//! visitor's choice (a least size, a zoom of texts alone, more space between lines), and a name may take two lines.

use std::cell::RefCell;

use web_sys::{Element, HtmlCanvasElement, HtmlElement};

/// Space between lanes if many share the room of a few, in CSS pixels.
const GAP: f64 = 4.0;
/// The greatest distance from one such lane to the next, in CSS pixels.
const PITCH: f64 = 22.0;

/// A canvas, and the names beside it: the heartbeat's first, then each lane's, or one for all lanes if they are too
/// many to name.
pub struct Strip {
    /// What is drawn on.
    pub canvas: HtmlCanvasElement,
    labels: HtmlElement,
    places: RefCell<Places>,
}

/// A top and a height, in CSS pixels from the canvas' upper edge.
pub type Extent = [f64; 2];

/// Where the names were when they were last looked at.
#[derive(Default)]
struct Places {
    heartbeat: Extent,
    lanes: Vec<Extent>,
}

impl Strip {
    /// The canvas beside these names.
    pub fn new(canvas: HtmlCanvasElement, labels: HtmlElement) -> Self {
        Self { canvas, labels, places: RefCell::default() }
    }

    /// Looks where the names are now. Not for every frame: the browser may have to lay the page out for it.
    pub fn measure(&self) {
        let origin = self.canvas.get_bounding_client_rect().top();
        let place = |label: Element| {
            let label = label.get_bounding_client_rect();
            [(label.top() - origin).round(), label.height().round()]
        };
        let children = self.labels.children();
        let mut places = (0..children.length()).filter_map(|at| children.item(at)).map(place);
        self.places.replace(Places { heartbeat: places.next().unwrap_or_default(), lanes: places.collect() });
    }

    /// Where the heartbeat is.
    pub fn heartbeat(&self) -> Extent {
        self.places.borrow().heartbeat
    }

    /// Where a lane is among `count`: beside its name, or in its share of the room that the names have.
    pub fn lane(&self, lane: usize, count: usize) -> Extent {
        let places = self.places.borrow();
        let lanes = &places.lanes;
        let (Some([top, _]), Some([last, height])) = (lanes.first(), lanes.last()) else { return [0.0, 0.0] };
        if lanes.len() == count {
            return lanes[lane];
        }
        let pitch = PITCH.min((last + height - top) / count as f64);
        [top + lane as f64 * pitch, (pitch - GAP.min(pitch / 3.0)).max(1.0)]
    }
}
