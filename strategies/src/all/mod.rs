//! The registry: one line for each strategy, which names its file here and its entry in it.

use crate::host::together;
use crate::tools::*;
use crate::world::at_once;
use crate::*;

macro_rules! registry {
    ($($module:ident::$strategy:ident),* $(,)?) => {
        $(mod $module;)*
        /// Every strategy, in the order in which the page shows them.
        pub static ALL: &[&dyn Strategy] = &[$(&$module::$strategy),*];
    };
}

registry! {
    blocking::Blocking,
    event_loop::EventLoop,
    threads::Threads,
    processes::Processes,
    gil::Gil,
    actors::Actors,
    async_pool::AsyncPool,
    offload_threads::OffloadThreads,
    offload_gil::OffloadGil,
    offload_processes::OffloadProcesses,
}
