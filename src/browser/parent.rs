//! Messages with the page that embeds this one, or, when none does, with the page itself: one closed set of types.
//!
//! Only the parent is listened to. A message that is not of one of the types is ignored; one that is, but asks for
//! something impossible, is answered with `lanes:error`.

use js_sys::{Array, BigInt, JSON, Object, Reflect};
use lab::experiment::Problem;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Window};

/// What the parent asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// Say again that the page is ready.
    Hello,
    /// Run this experiment.
    Run {
        /// The id that answers are to carry: any JSON, as text.
        id: String,
        /// Which lab, as in the message; `None` for the one in view.
        lab: Option<String>,
        /// The URL's keys with their values, written as in the URL; `None` if the message's experiment is no object.
        experiment: Option<Vec<(String, String)>>,
    },
    /// Decide which approach fits a project.
    Decide {
        /// The id that answers are to carry: any JSON, as text.
        id: String,
        /// The project, as JSON; `None` if it is no object.
        project: Option<String>,
        /// What `costs.py` printed, as JSON, if it is to count.
        costs: Option<String>,
    },
    /// The slide that the page is on was left.
    Left,
    /// The slide is shown.
    Come,
    /// Cancel the run with this id.
    Cancel {
        /// The run's id.
        id: String,
    },
}

/// The largest whole number that JavaScript distinguishes from the next.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// The window that embeds the page, or the page's own.
#[derive(Debug, Clone)]
pub struct Parent(Window);

/// Whether another page is around this one.
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| window.parent().ok().flatten().is_some_and(|parent| parent != window))
}

impl Parent {
    /// Finds it; `None` outside a window.
    pub fn find() -> Option<Self> {
        let window = web_sys::window()?;
        Some(Self(window.parent().ok().flatten().unwrap_or(window)))
    }

    /// Calls `handle` with everything the parent asks from now on.
    pub fn listen(&self, handle: impl Fn(Incoming) + 'static) {
        let Some(window) = web_sys::window() else { return };
        let parent = self.0.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let from_parent = event.source().is_some_and(|source| Object::is(&source, &parent));
            if let Some(incoming) = from_parent.then(|| read(&event.data())).flatten() {
                handle(incoming);
            }
        });
        let listening = window.add_event_listener_with_callback("message", on_message.as_ref().unchecked_ref());
        debug_assert!(listening.is_ok());
        on_message.forget(); // the page listens as long as it lives
    }

    /// Sends a message of `kind` with these fields.
    pub fn post(&self, kind: &str, fields: &[(&str, JsValue)]) {
        let message = object(fields);
        Reflect::set(&message, &"type".into(), &kind.into()).ok();
        // the parent's origin cannot be known beforehand, and nothing in these messages is secret
        self.0.post_message(&message, "*").ok();
    }
}

/// An object with these fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).ok();
    }
    object.into()
}

/// A list of these values.
pub fn list(values: impl IntoIterator<Item = JsValue>) -> JsValue {
    values.into_iter().collect::<Array>().into()
}

/// The value of a JSON text; `null` if it is not valid JSON.
pub fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::NULL)
}

/// The message, if it is of one of these types, or one that reveal.js sends to the frames of its slides.
fn read(data: &JsValue) -> Option<Incoming> {
    match data.as_string().as_deref() {
        Some("slide:start") => return Some(Incoming::Come),
        Some("slide:stop") => return Some(Incoming::Left),
        _ if !data.is_object() => return None,
        _ => {}
    }
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    match field("type")?.as_string()?.as_str() {
        "lanes:hello" => Some(Incoming::Hello),
        "lanes:run" => {
            let lab = field("lab").filter(|lab| !lab.is_undefined() && !lab.is_null()).map(|lab| plain("lab", lab));
            Some(Incoming::Run { id: text(field("id")), lab, experiment: pairs(field("experiment")?) })
        }
        "lanes:decide" => {
            let object = |name: &str| field(name).filter(is_object).map(|object| text(Some(object)));
            Some(Incoming::Decide { id: text(field("id")), project: object("project"), costs: object("costs") })
        }
        "lanes:cancel" => Some(Incoming::Cancel { id: text(field("id")) }),
        _ => None,
    }
}

/// A field as JSON text; what JSON cannot represent (a cycle, a big integer) counts as absent.
fn text(value: Option<JsValue>) -> String {
    value.and_then(|value| said(&value)).unwrap_or_else(|| "null".into())
}

/// The value as JSON text, if JSON can represent it.
fn said(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok()?.as_string()
}

/// An object's fields, written as in the URL; those that are `null` count as absent. `None` if it is no object.
fn pairs(object: JsValue) -> Option<Vec<(String, String)>> {
    if !is_object(&object) {
        return None;
    }
    let entries = Object::entries(object.unchecked_ref());
    let entries = entries.iter().map(|entry| entry.unchecked_into::<Array>());
    let said = entries.filter(|entry| !entry.get(1).is_null()).map(|entry| {
        let key = entry.get(0).as_string().unwrap_or_default();
        let value = plain(&key, entry.get(1));
        (key, value)
    });
    Some(said.collect())
}

/// Whether it has fields with names.
fn is_object(value: &JsValue) -> bool {
    value.is_object() && !Array::is_array(value)
}

/// A value as in the URL: a list of strategies is separated by commas, texts stay as they are, and all else is JSON.
fn plain(key: &str, value: JsValue) -> String {
    match value.as_string() {
        Some(text) => text,
        None if key == "strategies" && Array::is_array(&value) => {
            let ids: Vec<_> = value.unchecked_into::<Array>().iter().map(|id| plain("", id)).collect();
            ids.join(",")
        }
        // beyond this, JavaScript's numbers are not exact, so this one may not be what was meant
        None if value.as_f64().is_some_and(|number| number.abs() > MAX_SAFE_INTEGER) => {
            format!("{}{}", Problem::ROUNDED, String::from(value.unchecked_into::<Object>().to_string()))
        }
        None if value.is_bigint() => {
            value.unchecked_into::<BigInt>().to_string(10).map(String::from).unwrap_or_default()
        }
        // what JSON cannot represent still has to be named
        None => said(&value).unwrap_or_else(|| String::from(value.unchecked_into::<Object>().to_string())),
    }
}
