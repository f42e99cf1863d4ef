//! Reading a report from a file: of this schema or an older one, or what real CPythons recorded.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Recording, Report, SCHEMA};

/// Why a file is no report that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreadable {
    /// It is no JSON at all.
    NoJson,
    /// It is JSON, but of something else.
    NoReport,
    /// It has this newer schema, and cannot be read.
    Newer(u64),
    /// It calls itself a report, but something in it makes no sense.
    Damaged(String),
}

impl Report {
    /// Reads a report of this schema or an older one from JSON text, or makes one from a recording of CPython.
    ///
    /// # Errors
    /// Why the text is not a report that can be read.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_str(text).map_err(|_| Unreadable::NoJson)?;
        if let Some(recorded) = Recording::of(&value).and_then(|recording| recording.report()) {
            return Ok(recorded);
        }
        let schema = value.get("schema").and_then(Value::as_u64).ok_or(Unreadable::NoReport)?;
        let report = value.get("runs").is_some() && value.get("machine").is_some();
        if !report {
            return Err(Unreadable::NoReport);
        }
        let known = serde_json::from_value(value);
        known.map_err(|error| match schema {
            newer if newer > u64::from(SCHEMA) => Unreadable::Newer(newer),
            _ => Unreadable::Damaged(error.to_string()),
        })
    }
}
