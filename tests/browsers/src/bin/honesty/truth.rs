//! What is true on each machine, and what may therefore be claimed: written down before anything is measured.
//!
//! Nothing here is fitted to the verdicts. A claim is *wrong* where it is never true; it is *missed* where it must be
//! made and is not; where it may or may not be true, or is true but need not be seen, it is right either way.

use std::fmt;

use crate::claims::Claim::{self, *};
use crate::machines::Machine::{self, *};

use Kind::*;
use Truth::*;

/// Whether a claim is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It is not true, or cannot be known: a verdict that claims it is wrong.
    Never,
    /// It may be true.
    May,
    /// It is true, and can be seen.
    Must,
}

impl fmt::Display for Truth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Never => "never",
            May => "may be",
            Must => "must be",
        })
    }
}

/// The kind of a workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its tasks can be computed at the same time.
    Split,
    /// It is one chain of steps.
    Chain,
    /// It waits, and computes next to nothing.
    Waits,
}

/// A workload at a fixed size.
pub struct Work {
    /// The workload's id.
    pub id: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Its parameters that differ from the defaults.
    pub params: &'static [(&'static str, u32)],
}

/// All workloads. A sample on one core takes about 0.1 s, longer than it takes to freeze a page; a run takes a few
/// seconds.
pub const WORK: [Work; 5] = [
    Work { id: "mandelbrot", kind: Split, params: &[("size", 700), ("iterations", 3000)] },
    Work { id: "primes", kind: Split, params: &[("size", 1_500_000)] },
    Work { id: "raytrace", kind: Split, params: &[("size", 144)] },
    Work { id: "hash-chain", kind: Chain, params: &[("size", 800)] },
    Work { id: "proxy", kind: Waits, params: &[("size", 6), ("wait", 20)] },
];

/// The strategies, each with two workers where it can have several.
pub const STRATEGIES: [&str; 6] = ["blocking", "event-loop", "threads", "processes", "actors", "gil"];

/// Strategies with one execution context.
const ALONE: &[&str] = &["blocking", "event-loop"];
/// Strategies with two execution contexts that can compute at the same time.
const TEAMS: &[&str] = &["threads", "processes", "actors"];

/// What holds for some machines, kinds of work and strategies: an empty list stands for all. Then the claim, its truth,
/// and the reason.
struct Row(&'static [Machine], &'static [Kind], &'static [&'static str], Claim, Truth, &'static str);

/// The rows of the table; the first one that fits counts.
const ROWS: &[Row] = &[
    // In parallel: two execution contexts on a core at once, and sooner for it.
    Row(&[], &[], ALONE, Parallel, Never, "there is one execution context"),
    Row(&[], &[], &["gil"], Parallel, Never, "a lock lets one of them compute at a time"),
    Row(&[], &[Chain], &[], Parallel, Never, "there are never two steps that could be done at once"),
    Row(&[], &[Waits], &[], Parallel, Never, "what passes at the same time are waits"),
    Row(&[OneCore, OneBusy], &[], &[], Parallel, Never, "one core computes one thing at a time"),
    Row(
        &[Quota],
        &[],
        &[],
        Parallel,
        May,
        "so it is until the quota of each 100 ms is used up, which is about a sample",
    ),
    Row(&[Floored, Resisting], &[], &[], Parallel, Never, "it is so, but on such clocks nobody can know"),
    Row(&[TwoCores], &[Split], TEAMS, Parallel, Must, "a core for each, and work for both"),
    Row(&[OneOfTwoBusy], &[], &[], Parallel, May, "one and a half cores are left for the two"),
    Row(&[Stopped, Slowed], &[], &[], Parallel, May, "so it is while the browser goes on, however unsteady the times"),
    // A larger share of busy cores: two of three threads that compute are ours, instead of one of two.
    Row(&[OneBusy, OneOfTwoBusy], &[Split], TEAMS, Share, May, "two count twice where shares are dealt out"),
    Row(
        &[OneBusy, OneOfTwoBusy],
        &[Split],
        &["gil"],
        Share,
        May,
        "who wakes for its turn is let in before the busy program",
    ),
    Row(&[], &[], &[], Share, Never, "nobody else wants the cores, or there are not two who do"),
    // Sooner for another reason, or for none that is given.
    Row(&[], &[], &["blocking"], Sooner, Never, "it is what others are compared with"),
    Row(&[TwoCores, OneCore], &[Waits], &[], Sooner, Must, "waits overlap, and take no core"),
    Row(&[], &[Waits], &[], Sooner, May, "waits overlap, however unsteady the times"),
    Row(&[OneOfTwoBusy], &[], &[], Sooner, May, "who gets the core without the busy program is luck, and lasts"),
    Row(&[OneBusy], &[Split], &["gil"], Sooner, May, "who wakes for its turn is let in before the busy program"),
    Row(&[], &[Chain], &[], Sooner, Never, "the same steps, one after the other, on a core alike"),
    Row(&[], &[Split], &["event-loop", "gil"], Sooner, Never, "one at a time computes, as in blocking"),
    Row(&[OneCore], &[], &[], Sooner, Never, "two share what one has alone"),
    Row(&[], &[], &[], Sooner, May, "it is sooner; why may remain open"),
    // Freezes: the page's thread could not answer, because of the strategy.
    Row(
        &[TwoCores, OneCore],
        &[],
        &["blocking"],
        Freeze,
        Must,
        "each sample holds the page's thread for 80 ms or more",
    ),
    Row(&[], &[], &["blocking"], Freeze, May, "so it is, but clocks or silences of the machine may hide it"),
    Row(&[], &[], &["event-loop"], Freeze, Never, "it gives way every few milliseconds"),
    Row(
        &[OneCore, OneBusy, OneOfTwoBusy],
        &[],
        &[],
        Freeze,
        May,
        "the page's thread waits for a core behind the workers",
    ),
    Row(&[Quota, Stopped, Slowed], &[], &[], Freeze, Never, "whoever stood still, the strategy did not make it"),
    Row(&[], &[], &[], Freeze, Never, "the page's thread has nothing to do but to answer"),
    // Alive: the page could have answered all the time.
    Row(&[], &[], &["blocking"], Alive, Never, "it computes or waits on the page's thread to the end"),
    Row(
        &[Stopped],
        &[],
        &[],
        Alive,
        Never,
        "it stands still for 60 ms ten times a second, which is a freeze by definition",
    ),
    Row(
        &[Quota],
        &[Split],
        TEAMS,
        Alive,
        May,
        "it stands still for up to half of every 100 ms, if the quota does not last",
    ),
    Row(&[Floored], &[], &[], Alive, Never, "steps of 60 ms hide every freeze of 50"),
    Row(&[TwoCores], &[Split, Chain], &["event-loop"], Alive, Must, "where blocking froze the page it did not"),
    Row(&[TwoCores], &[Split], &[], Alive, Must, "where blocking froze the page they did not"),
    Row(&[], &[], &[], Alive, May, "nothing keeps the page from answering for long"),
    // Reasons. Heat: no script makes any.
    Row(&[], &[], &[], Heat, Never, "nothing here heats up: what is slow was slowed, from the beginning to the end"),
    Row(&[OneBusy], &[Split, Chain], &[], Others, Must, "a busy program has the core for half of the time"),
    Row(&[OneOfTwoBusy], &[Split], &[], Others, Must, "two workers meet the busy program, wherever they are"),
    Row(&[OneBusy, OneOfTwoBusy], &[], &[], Others, May, "it is there, and may not be met"),
    Row(&[Quota, Stopped, Slowed], &[], &[], Others, May, "from within, time that was taken is time that others had"),
    Row(&[], &[], &[], Others, Never, "there are none"),
    Row(&[OneCore], &[Split], &[], Cores, Must, "two workers take turns on the one core"),
    Row(&[OneCore, OneBusy, Quota], &[], &[], Cores, May, "there is one core, or the time of one"),
    Row(&[OneOfTwoBusy], &[], &[], Cores, May, "of two cores one is half another's"),
    Row(&[], &[], &[], Cores, Never, "there is a core for each worker"),
    Row(&[Quota, Stopped, Slowed], &[], &[], Stalled, May, "it does stand still, for a moment"),
    Row(&[], &[], &[], Stalled, Never, "it never stands still"),
];

/// What holds, and why. For a claim about a whole run, with all of its strategies, `strategy` is `None`.
pub fn truth(machine: Machine, kind: Kind, strategy: Option<&str>, claim: Claim) -> (Truth, &'static str) {
    fn among<T: PartialEq>(some: &[T], one: &T) -> bool {
        some.is_empty() || some.contains(one)
    }
    let fits = |Row(machines, kinds, strategies, about, ..): &&Row| {
        *about == claim
            && among(machines, &machine)
            && among(kinds, &kind)
            && strategy.map_or(strategies.is_empty(), |strategy| among(strategies, &strategy))
    };
    let Row(.., truth, reason) = ROWS.iter().find(fits).unwrap_or_else(|| {
        panic!("the table says nothing of {claim:?}, {kind:?}, {strategy:?} on {machine:?}");
    });
    (*truth, reason)
}
