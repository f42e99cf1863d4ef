//! How processes are kept busy: how many orders each has at a time, and how many tasks are in one.

/// Orders that a process has at a time: one in hand, one waiting, so that it is not idle while a message travels.
pub(crate) const ORDERS_AT_ONCE: usize = 2;

/// No order is longer, however much is left: messages hardly count then, and whoever draws a bad one is caught up.
const LARGEST: usize = 32;

/// An order of tasks that hardly compute may be longer: each message costs as much as dozens of them.
const SMALLEST_PARTS: usize = 64;

/// How many of the tasks that are left go into one order: guided self-scheduling (Polychronopoulos and Kuck, 1987),
/// large orders first because each message costs, small ones last so that all processes end together.
pub(crate) fn share(left: usize, processes: usize) -> usize {
    let guided = left.div_ceil(processes * ORDERS_AT_ONCE * 2);
    // of very many tasks each is small, whatever the work
    guided.min(LARGEST.max(left / (processes * SMALLEST_PARTS)))
}
