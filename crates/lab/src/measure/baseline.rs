//! What all others are compared with.

/// Of all that have samples, in the experiment's order, the one that the others are compared with: blocking if it is among
/// them, else the first. None where there is nothing to compare: one alone, unless that is blocking, which is once as fast
/// as itself by definition.
pub fn baseline_of<T>(ran: impl IntoIterator<Item = T>, is_blocking: impl Fn(&T) -> bool) -> Option<T> {
    let mut ran: Vec<T> = ran.into_iter().collect();
    let first = (ran.len() > 1).then_some(0);
    ran.iter().position(is_blocking).or(first).map(|at| ran.swap_remove(at))
}
