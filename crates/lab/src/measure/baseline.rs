//! The run that all others are compared with.

/// The one of `ran` that the others are compared with: blocking if it is among them, else the first. `ran` holds all
/// that have samples, in the experiment's order. `None` where there is nothing to compare, as with a single one; but
/// blocking alone is its own baseline, as fast as itself by definition.
pub fn baseline_of<T>(ran: impl IntoIterator<Item = T>, is_blocking: impl Fn(&T) -> bool) -> Option<T> {
    let mut ran: Vec<T> = ran.into_iter().collect();
    let first = (ran.len() > 1).then_some(0);
    ran.iter().position(is_blocking).or(first).map(|at| ran.swap_remove(at))
}
