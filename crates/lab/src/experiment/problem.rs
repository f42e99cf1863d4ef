//! What was wrong with a request, as data; its sentence is made where it is shown.

use workloads::Param;

/// Something that was not legal; the rest of the experiment applies without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No such key, for this workload at least.
    Unknown {
        /// The key, as given.
        key: String,
        /// The keys that the workload's experiments have.
        legal: Vec<&'static str>,
    },
    /// A key with a value that it cannot have.
    Illegal {
        /// The key.
        key: &'static str,
        /// The value, as given.
        value: String,
        /// What would have been legal.
        legal: Legal,
    },
    /// A key that was given more than once.
    Repeated {
        /// The key, as given.
        key: String,
    },
    /// Something without any keys, in place of an experiment.
    Shapeless {
        /// What was there.
        value: String,
    },
}

impl Problem {
    /// The mark before a number that was rounded on its way here, as JavaScript rounds large ones. It makes the value
    /// illegal everywhere, so that no experiment runs with a number that was not meant.
    pub const ROUNDED: char = '≈';
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Legal {
    /// A whole number within this range, in this unit (none if it is empty).
    Whole {
        /// The least, in digits.
        least: String,
        /// The greatest, in digits.
        greatest: String,
        /// What is counted.
        unit: &'static str,
    },
    /// A number within this range, in this unit (none if it is empty).
    Number {
        /// The least, in digits.
        least: String,
        /// The greatest, in digits.
        greatest: String,
        /// What is counted.
        unit: &'static str,
    },
    /// Parts of a unit of work, each of one of these kinds: the kind, and the unit of its amount.
    Parts(Vec<(&'static str, &'static str)>),
    /// One of these words.
    OneOf(Vec<&'static str>),
    /// Some of these words, with commas between them.
    List(Vec<&'static str>),
    /// The name of a chapter, of at most this many characters.
    Chapter(usize),
    /// A language's tag.
    Language,
}

impl Legal {
    /// What a parameter may be.
    pub fn of(param: &Param) -> Self {
        match param.words {
            [] => Self::Whole { least: param.min.to_string(), greatest: param.max.to_string(), unit: param.unit },
            words => Self::OneOf(words.to_vec()),
        }
    }
}
