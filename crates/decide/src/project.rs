//! A project: the work to do, unit by unit, in the terms of the people whose project it is.

use serde::{Deserialize, Serialize};

/// Units never overlap if the time between arrivals is this many times what the longest of them takes. Arrivals that
/// are farther apart are simulated and tried as if they were this far apart: longer gaps would show nothing new.
pub(crate) const APART: f64 = 2.0;

/// The work to do, and the cores and memory at hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Project {
    /// The number of units of work: files, pages, requests.
    pub units: u32,
    /// The time between two arrivals, in milliseconds; 0 if all units are there at once.
    pub every_ms: f64,
    /// What each unit does, in order.
    pub parts: Vec<Part>,
    /// A unit's input, in kB (1,000 bytes), as far as it has to be brought to the worker.
    pub in_kb: f64,
    /// A unit's output, likewise.
    pub out_kb: f64,
    /// Whether units change data that all of them share.
    pub shared: bool,
    /// Cores at hand.
    pub cores: u32,
    /// Memory at hand, in MB (1,000 kB).
    pub memory_mb: f64,
}

/// One stretch of a unit of work. In JSON `{"waits": 50}`, or `{"waits": {"p50": 50, "p95": 200}}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Waits for network or disk, in milliseconds.
    Waits(Amount),
    /// Computes in interpreted code, in milliseconds.
    Interpreted(Amount),
    /// Computes in compiled code that releases an interpreter's lock, in milliseconds.
    Compiled(Amount),
    /// Moves memory, in MB.
    Moves(Amount),
}

/// An amount that varies between units: half have no more than `p50`, 95 of 100 no more than `p95`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Amount {
    /// The median.
    pub p50: f64,
    /// The 95th percentile, no less than the median.
    pub p95: f64,
}

/// An amount as it is written: one number if all units have the same.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Same(f64),
    Both { p50: f64, p95: f64 },
}

impl From<Written> for Amount {
    fn from(written: Written) -> Self {
        match written {
            Written::Same(amount) => Self::same(amount),
            Written::Both { p50, p95 } => Self { p50, p95 },
        }
    }
}

impl From<Amount> for Written {
    fn from(Amount { p50, p95 }: Amount) -> Self {
        if p50 == p95 { Self::Same(p50) } else { Self::Both { p50, p95 } }
    }
}

impl Amount {
    /// The same for each unit.
    pub const fn same(amount: f64) -> Self {
        Self { p50: amount, p95: amount }
    }

    /// The mean amount.
    pub fn mean(self) -> f64 {
        workloads::spread::mean(self.p50, self.p95)
    }

    /// The amount multiplied by `factor`.
    pub fn times(self, factor: f64) -> Self {
        Self { p50: self.p50 * factor, p95: self.p95 * factor }
    }
}

/// The kinds of parts by the names that files, links and forms give them, with the unit of their amounts.
pub const KINDS: [(&str, &str); 4] = [("waits", "ms"), ("interpreted", "ms"), ("compiled", "ms"), ("moves", "MB")];

impl Part {
    /// The part of this kind, which is an index into [`KINDS`]; None if there is no such kind.
    pub fn of(kind: usize, amount: Amount) -> Option<Self> {
        Some(match kind {
            0 => Self::Waits(amount),
            1 => Self::Interpreted(amount),
            2 => Self::Compiled(amount),
            3 => Self::Moves(amount),
            _ => return None,
        })
    }

    /// Its kind, as an index into [`KINDS`].
    pub fn kind(self) -> usize {
        match self {
            Self::Waits(_) => 0,
            Self::Interpreted(_) => 1,
            Self::Compiled(_) => 2,
            Self::Moves(_) => 3,
        }
    }

    /// Its amount.
    pub fn amount(self) -> Amount {
        match self {
            Self::Waits(amount) | Self::Interpreted(amount) | Self::Compiled(amount) | Self::Moves(amount) => amount,
        }
    }

    /// The same kind with this amount.
    pub fn with(self, amount: Amount) -> Self {
        Self::of(self.kind(), amount).expect("its own kind")
    }
}

impl Project {
    /// How much all units together wait, compute in interpreted and in compiled code (all three in milliseconds), and
    /// move (in MB).
    pub fn totals(&self) -> [f64; 4] {
        let mut totals = [0.0; 4];
        for part in &self.parts {
            totals[part.kind()] += part.amount().mean() * f64::from(self.units);
        }
        totals
    }

    /// A unit's input and output together, in MB.
    pub fn data_mb(&self) -> f64 {
        (self.in_kb + self.out_kb) / 1000.0
    }
}

impl Default for Project {
    /// A small project that all approaches do about equally well.
    fn default() -> Self {
        Self {
            units: 100,
            every_ms: 0.0,
            parts: vec![Part::Waits(Amount::same(50.0)), Part::Interpreted(Amount::same(5.0))],
            in_kb: 0.0,
            out_kb: 0.0,
            shared: false,
            cores: 4,
            memory_mb: 4096.0,
        }
    }
}
