//! The workloads: each is one file here and one line in the registry below.
//!
//! Pure Rust: no web, no rayon, no UI, so that all of it builds and is tested natively on stable.

mod body;
mod bulk;
mod checksum;
mod noise;
mod params;
pub mod spread;
mod summary;
mod task;
mod tiles;

pub use bulk::zeros;
pub use params::{Param, ParamError, Params};
pub use summary::Summary;
pub use task::{
    Answer, Info, Known, NEXT_TO_NOTHING, Nature, Picture, SharedBytes, Slots, Step, StepKind, Task, Tile, USUAL_STEP,
    Volume, Workload,
};

macro_rules! registry {
    ($($module:ident::$workload:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every workload, in the order in which the page offers them.
        pub static ALL: &[&dyn Workload] = &[$(&$module::$workload),*];
    };
}

registry! {
    mandelbrot::Mandelbrot,
    primes::Primes,
    hash_chain::HashChain,
    proxy::Proxy,
    arrays::Arrays,
    crawler::Crawler,
    stream::Stream,
    sort::Sort,
    raytrace::Raytrace,
    activity::Activity,
    counter::Counter,
    grain::Grain,
    server::Server,
    calls::Calls,
    printing::Printing,
    mix::Mix,
}

/// The workload with this id.
pub fn find(id: &str) -> Option<&'static dyn Workload> {
    ALL.iter().copied().find(|workload| workload.info().id == id)
}
