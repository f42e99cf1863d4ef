//! A workload's parameters: whole numbers with a legal range, so that a slider, a URL and a test can be made from
//! their description alone.
//!
//! Invariant: a [`Params`] holds one legal value for each parameter of its workload, and nothing else.

use crate::task::Info;

/// One parameter: a whole number in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// Its name in the URL.
    pub key: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What is counted: `"px"`, `"ms"`, ...; empty for a bare number.
    pub unit: &'static str,
    /// Least legal value.
    pub min: u32,
    /// Greatest legal value.
    pub max: u32,
    /// The value where nobody chose one.
    pub default: u32,
    /// The value that is set when the workload is picked on the page: short to wait for, and large enough to see what
    /// it shows.
    pub demo: u32,
    /// Where the values are choices rather than numbers, the word for each from `min` on; empty for numbers.
    pub words: &'static [&'static str],
}

impl Param {
    /// A bare number without a name, which supplies the fields that a parameter does not set.
    pub const NUMBER: Self = Self { key: "", label: "", unit: "", min: 0, max: 0, default: 0, demo: 0, words: &[] };

    /// A choice among `words`, the first of them unless somebody chooses; the value is the word's place, from 0.
    pub const fn choice(key: &'static str, label: &'static str, words: &'static [&'static str]) -> Self {
        Self { key, label, max: words.len() as u32 - 1, words, ..Self::NUMBER }
    }

    /// A legal value as it is written in the URL.
    pub fn text(&self, value: u32) -> String {
        self.words.get((value - self.min) as usize).map_or_else(|| value.to_string(), |word| (*word).to_owned())
    }

    /// The legal value that `text` stands for; `None` if it stands for none.
    pub fn value(&self, text: &str) -> Option<u32> {
        if !self.words.is_empty() {
            return self.words.iter().position(|word| *word == text).map(|at| self.min + at as u32);
        }
        text.parse().ok().filter(|value| (self.min..=self.max).contains(value))
    }

    /// What is legal, in words.
    pub fn legal(&self) -> String {
        match self.words {
            [] if self.unit.is_empty() => format!("a whole number from {} to {}", self.min, self.max),
            [] => format!("a whole number from {} to {} ({})", self.min, self.max, self.unit),
            words => words.join(", "),
        }
    }
}

/// Why a value was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamError {
    /// The workload has no parameter of that name.
    Unknown,
    /// The value is outside the parameter's range.
    OutOfRange(Param),
}

/// The values of all parameters of one workload, in the order of [`Info::params`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    legal: &'static [Param],
    values: Vec<u32>,
}

impl Params {
    /// All parameters of a workload at their defaults.
    pub fn defaults(info: &Info) -> Self {
        Self::of(info.params)
    }

    /// These parameters at their defaults.
    pub fn of(legal: &'static [Param]) -> Self {
        Self { legal, values: legal.iter().map(|param| param.default).collect() }
    }

    /// All parameters at the values of a short demonstration.
    pub fn demo(info: &Info) -> Self {
        Self { legal: info.params, values: info.params.iter().map(|param| param.demo).collect() }
    }

    /// The value of `key`.
    ///
    /// # Panics
    /// If the workload has no such parameter: a workload asks only for its own.
    pub fn get(&self, key: &str) -> u32 {
        let at = self.legal.iter().position(|param| param.key == key);
        self.values[at.unwrap_or_else(|| panic!("no parameter {key}"))]
    }

    /// Sets `key` to `value`, or says why not.
    pub fn set(&mut self, key: &str, value: u32) -> Result<(), ParamError> {
        let at = self.legal.iter().position(|param| param.key == key).ok_or(ParamError::Unknown)?;
        let param = self.legal[at];
        if !(param.min..=param.max).contains(&value) {
            return Err(ParamError::OutOfRange(param));
        }
        self.values[at] = value;
        Ok(())
    }

    /// Every parameter with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Param, u32)> {
        self.legal.iter().zip(self.values.iter().copied())
    }
}
