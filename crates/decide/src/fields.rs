//! The fields of a project, by the names that files, links and forms give them; what is legal in each.
//!
//! A file, a link and a form are the same thing: pairs of a name and a text. A pair that is not legal is reported and
//! changes nothing; the others apply.

use lab::experiment::{Legal, Problem};
use serde_json::Value;

use super::amount::amount;
use super::presets::{PRESETS, preset};
use super::project::{Amount, KINDS, Part, Project};

/// A number of a project.
pub struct ProjectNumber {
    /// Its name.
    pub key: &'static str,
    /// The unit of its value; empty if it counts things.
    pub unit: &'static str,
    /// The least legal value.
    pub least: f64,
    /// The greatest legal value.
    pub most: f64,
    /// Whether it is a whole number.
    pub whole: bool,
    get: fn(&Project) -> f64,
    set: fn(&mut Project, f64),
}

/// All numbers of a project, in the order of the form.
pub static NUMBERS: [ProjectNumber; 6] = [
    ProjectNumber {
        key: "units",
        unit: "",
        least: 1.0,
        most: 10_000_000.0,
        whole: true,
        get: |project| project.units.into(),
        set: |project, value| project.units = value as u32,
    },
    ProjectNumber {
        key: "every_ms",
        unit: "ms",
        least: 0.0,
        most: 3_600_000.0,
        whole: false,
        get: |project| project.every_ms,
        set: |project, value| project.every_ms = value,
    },
    ProjectNumber {
        key: "in_kb",
        unit: "kB",
        least: 0.0,
        most: 100_000_000.0,
        whole: false,
        get: |project| project.in_kb,
        set: |project, value| project.in_kb = value,
    },
    ProjectNumber {
        key: "out_kb",
        unit: "kB",
        least: 0.0,
        most: 100_000_000.0,
        whole: false,
        get: |project| project.out_kb,
        set: |project, value| project.out_kb = value,
    },
    ProjectNumber {
        key: "cores",
        unit: "",
        least: 1.0,
        most: 1024.0,
        whole: true,
        get: |project| project.cores.into(),
        set: |project, value| project.cores = value as u32,
    },
    ProjectNumber {
        key: "memory_mb",
        unit: "MB",
        least: 16.0,
        most: 100_000_000.0,
        whole: false,
        get: |project| project.memory_mb,
        set: |project, value| project.memory_mb = value,
    },
];

impl ProjectNumber {
    /// The number of this name.
    pub fn find(key: &str) -> Option<&'static Self> {
        NUMBERS.iter().find(|number| number.key == key)
    }

    /// The number's value in this project.
    pub fn get(&self, project: &Project) -> f64 {
        (self.get)(project)
    }

    /// Sets the number to this value, which must be legal.
    pub fn set(&self, project: &mut Project, value: f64) {
        (self.set)(project, value);
    }

    fn legal(&self) -> Legal {
        let [least, greatest] = [self.least, self.most].map(|end| end.to_string());
        match self.whole {
            true => Legal::Whole { least, greatest, unit: self.unit },
            false => Legal::Number { least, greatest, unit: self.unit },
        }
    }

    fn read(&self, text: &str) -> Option<f64> {
        let value = amount(text, self.unit)?;
        let legal = (self.least..=self.most).contains(&value) && (!self.whole || value.fract() == 0.0);
        legal.then_some(value)
    }
}

/// The names of the fields that are not numbers.
const PARTS: &str = "parts";
const SHARED: &str = "shared";
const PRESET: &str = "preset";
const YES_OR_NO: [&str; 2] = ["no", "yes"];
/// The greatest number of parts of a unit.
pub const PARTS_MOST: usize = 8;
/// The greatest legal amount of each of the [`KINDS`] of parts: an hour, in milliseconds, or a terabyte, in MB.
pub const AMOUNT_MOST: [f64; 4] = [3_600_000.0, 3_600_000.0, 3_600_000.0, 1_048_576.0];

/// The names of all fields.
pub fn keys() -> Vec<&'static str> {
    NUMBERS.iter().map(|number| number.key).chain([PARTS, SHARED, PRESET]).collect()
}

/// The project of these pairs, and what was wrong with them. A field without a pair is as in the preset that the pairs
/// name, else as in the default project.
pub fn read<K: AsRef<str>, T: AsRef<str>>(pairs: impl IntoIterator<Item = (K, T)>) -> (Project, Vec<Problem>) {
    let pairs: Vec<_> = pairs.into_iter().collect();
    let (mut project, mut problems) = (Project::default(), Vec::new());
    let (presets, rest): (Vec<_>, Vec<_>) = pairs.iter().partition(|(key, _)| key.as_ref() == PRESET);
    for (key, text) in presets.into_iter().chain(rest) {
        if let Err(problem) = set(&mut project, key.as_ref(), text.as_ref()) {
            problems.push(problem);
        }
    }
    (project, problems)
}

/// The project of this JSON, an object with the same names, and what was wrong with it.
pub fn read_json(text: &str) -> (Project, Vec<Problem>) {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => read(fields.iter().map(|(key, value)| (key, plain(key, value)))),
        _ => (Project::default(), vec![Problem::Shapeless { value: text.to_owned() }]),
    }
}

/// A JSON value as a link would write it.
fn plain(key: &str, value: &Value) -> String {
    match (key, value) {
        (PARTS, Value::Array(_)) => match serde_json::from_value::<Vec<Part>>(value.clone()) {
            Ok(parts) => write_parts(&parts),
            Err(_) => value.to_string(),
        },
        (SHARED, Value::Bool(shared)) => YES_OR_NO[usize::from(*shared)].to_owned(),
        (_, Value::String(text)) => text.clone(),
        _ => value.to_string(),
    }
}

fn set(project: &mut Project, key: &str, text: &str) -> Result<(), Problem> {
    let illegal = |key, legal| Problem::Illegal { key, value: text.to_owned(), legal };
    if let Some(number) = ProjectNumber::find(key) {
        number.set(project, number.read(text).ok_or_else(|| illegal(number.key, number.legal()))?);
        return Ok(());
    }
    match key {
        PARTS => project.parts = read_parts(text).ok_or_else(|| illegal(PARTS, Legal::Parts(KINDS.to_vec())))?,
        SHARED => {
            let place = YES_OR_NO.iter().position(|word| *word == text);
            project.shared = place.ok_or_else(|| illegal(SHARED, Legal::OneOf(YES_OR_NO.to_vec())))? == 1;
        }
        PRESET => *project = preset(text).ok_or_else(|| illegal(PRESET, Legal::OneOf(PRESETS.to_vec())))?,
        _ => return Err(Problem::Unknown { key: key.to_owned(), legal: keys() }),
    }
    Ok(())
}

/// Parts as a link writes them: `waits:200~800,interpreted:5`. An empty text is no parts.
fn read_parts(text: &str) -> Option<Vec<Part>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let parts: Vec<_> = text.split(',').map(read_part).collect::<Option<_>>()?;
    (parts.len() <= PARTS_MOST).then_some(parts)
}

fn read_part(text: &str) -> Option<Part> {
    let (kind, amounts) = text.trim().split_once(':')?;
    let kind = KINDS.iter().position(|(name, _)| *name == kind.trim())?;
    let number = |text: &str| amount(text, KINDS[kind].1);
    let spread = match amounts.split_once('~') {
        Some((p50, p95)) => Amount { p50: number(p50)?, p95: number(p95)? },
        None => Amount::same(number(amounts)?),
    };
    let legal = spread.p50 >= 0.0 && spread.p95 >= spread.p50 && spread.p95 <= AMOUNT_MOST[kind];
    // an amount that is mostly 0 and sometimes more has no median to draw from
    let legal = legal && (spread.p50 > 0.0 || spread.p95 == 0.0);
    legal.then(|| Part::of(kind, spread)).flatten()
}

fn write_parts(parts: &[Part]) -> String {
    let write = |part: &Part| {
        let ((kind, _), Amount { p50, p95 }) = (KINDS[part.kind()], part.amount());
        if p50 == p95 { format!("{kind}:{p50}") } else { format!("{kind}:{p50}~{p95}") }
    };
    parts.iter().map(write).collect::<Vec<_>>().join(",")
}

impl Project {
    /// The pairs from which [`read`] makes this project.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let numbers = NUMBERS.iter().map(|number| (number.key, number.get(self).to_string()));
        let rest = [(PARTS, write_parts(&self.parts)), (SHARED, YES_OR_NO[usize::from(self.shared)].to_owned())];
        numbers.chain(rest).collect()
    }
}
