//! Messages with whoever embeds the page, or, when nobody does, with the page itself: one closed set of types.
//!
//! Only the parent is listened to. Anything that is not one of the types is ignored; one of them that asks for
//! something impossible is answered with `lanes:error`.

use js_sys::{JSON, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Window};

/// What the parent asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// Say again that the page is ready.
    Hello,
    /// Run this experiment.
    Run {
        /// What answers are to carry: any JSON.
        id: Value,
        /// The URL's keys.
        experiment: Value,
    },
    /// Cancel the run with this id.
    Cancel {
        /// The run's id.
        id: Value,
    },
}

/// The window that embeds the page, or the page's own.
#[derive(Debug, Clone)]
pub struct Parent(Window);

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

    /// Sends a message of `kind` with these fields, each a name and JSON text.
    pub fn post(&self, kind: &str, fields: &[(&str, &str)]) {
        let message = Object::new();
        let kind = [("type", JsValue::from(kind))];
        let fields = fields.iter().map(|(name, json)| (*name, JSON::parse(json).unwrap_or(JsValue::NULL)));
        for (name, value) in kind.into_iter().chain(fields) {
            Reflect::set(&message, &name.into(), &value).ok();
        }
        // the parent's origin cannot be known beforehand, and nothing in these messages is secret
        self.0.post_message(&message, "*").ok();
    }
}

/// The message, if it is one of ours.
fn read(data: &JsValue) -> Option<Incoming> {
    if !data.is_object() {
        return None;
    }
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    match field("type")?.as_string()?.as_str() {
        "lanes:hello" => Some(Incoming::Hello),
        "lanes:run" => Some(Incoming::Run { id: plain(field("id")), experiment: plain(field("experiment")) }),
        "lanes:cancel" => Some(Incoming::Cancel { id: plain(field("id")) }),
        _ => None,
    }
}

/// A field as JSON; what JSON cannot say (a cycle, a big integer, a map) counts as absent.
fn plain(value: Option<JsValue>) -> Value {
    let text = value.and_then(|value| JSON::stringify(&value).ok()).and_then(|text| text.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null)
}
