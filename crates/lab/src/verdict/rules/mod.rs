//! The registry: one line a rule, which names its file and its entry in it. The most telling comes first.

use strategies::Parallelism;
use workloads::Nature;

use super::Rule;
use super::evidence::{Compared, Evidence, Gain, Origin};
use super::finding::{Fact, Finding, caveat, finding, phrase};
use super::phrases::{about_equal, against, came_to, meanwhile, nothing, yet};
use crate::experiment::TIMER_SHARE;
use crate::measure::scaling::{CannotTell, Claim, Curve};
use crate::measure::{Comparison, NOTABLE, TOO_COARSE_FOR_FREEZES_MS, middle_half, slowdown};
use crate::report::{Measured, Run};

pub use unavailable::RULE as UNAVAILABLE;

macro_rules! registry {
    ($($module:ident::$rule:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every rule, the most telling first.
        pub static RULES: &[&dyn Rule] = &[$(&$module::$rule),*];
    };
}

registry! {
    hidden_tab::HiddenTab,
    waits_overlapped::WaitsOverlapped,
    several_at_once::SeveralAtOnce,
    larger_share::LargerShare,
    sooner::Sooner,
    latency::Latency,
    gain_ends::GainEnds,
    shared_means::SharedMeans,
    serial_part::SerialPart,
    best_number::BestNumber,
    cannot_be_split::CannotBeSplit,
    too_little_work::TooLittleWork,
    start_up_outweighs_gain::StartUpOutweighsGain,
    took_turns::TookTurns,
    alive_without_parallelism::AliveWithoutParallelism,
    no_difference::NoDifference,
    later::Later,
    alone::Alone,
    more_workers_than_cores::MoreWorkersThanCores,
    copying_cost::CopyingCost,
    froze::Froze,
    unavailable::Unavailable,
    one_sample::OneSample,
    not_parallelism::NotParallelism,
    out_of_view::OutOfView,
    another_instance::AnotherInstance,
    unsteady_machine::UnsteadyMachine,
    several_sittings::SeveralSittings,
    slowed_down::SlowedDown,
    other_programs::OtherPrograms,
    on_battery::OnBattery,
    coarse_timer::CoarseTimer,
    freezes_unknown::FreezesUnknown,
    clocks_apart::ClocksApart,
    lengthened::Lengthened,
    stalled::Stalled,
    claimed_against_had::ClaimedAgainstHad,
    off_core_untold::OffCoreUntold,
    start_up_apart::StartUpApart,
    lost_spans::LostSpans,
    no_law::NoLaw,
}
