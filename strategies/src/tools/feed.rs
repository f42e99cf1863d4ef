//! How processes are kept busy: how many orders each has at a time, and how many tasks are in one.

/// Orders that a process has at a time: one in hand, one waiting, so that it is not idle while a message travels.
pub(crate) const ORDERS_AT_ONCE: usize = 2;

/// No order has more tasks, however many are left: messages hardly count then, and if one process gets an expensive
/// order, the others can catch up.
const LARGEST: usize = 32;

/// An order of tasks that hardly compute may be longer: each message costs as much as dozens of them.
const SMALLEST_PARTS: usize = 64;

/// How many of the tasks that are left go into one order: guided self-scheduling (Polychronopoulos and Kuck, 1987),
/// large orders first because each message costs, small ones last so that all processes end together.
pub(crate) fn share(left: usize, processes: usize) -> usize {
    let guided = left.div_ceil(processes * ORDERS_AT_ONCE * 2);
    // very many tasks are each small, whatever the work
    guided.min(LARGEST.max(left / (processes * SMALLEST_PARTS)))
}
