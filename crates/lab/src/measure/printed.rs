//! The order in which tasks printed lines, as far as lanes show it: the longer a task's turn, the more lines it
//! printed.

use std::collections::BTreeMap;

use strategies::trace::{Cause, Lane, Trace};

/// A printed line: the number of its task, and its number among the task's lines, both from 0.
pub type PrintedLine = (usize, u32);

/// A stretch in which one task had a lane, without another in between. Times are microseconds.
struct Stint {
    task: usize,
    start: u32,
    end: u32,
    /// The part of it that was computing: without a core, nothing is printed.
    computed: u32,
}

/// The lines of all tasks in the order in which they were printed. Task `index` prints `lines(index)` lines, each of
/// the same amount of work. `None` if nothing was recorded, or if a task computed for which `lines` is `None`.
pub fn printed(trace: &Trace, lines: impl Fn(usize) -> Option<u32>) -> Option<Vec<PrintedLine>> {
    let mut turns: BTreeMap<usize, Vec<Stint>> = BTreeMap::new();
    for turn in trace.lanes.iter().flat_map(turns_of).filter(|turn| turn.computed > 0) {
        turns.entry(turn.task).or_default().push(turn);
    }
    let mut all: Vec<(f64, PrintedLine)> = Vec::new();
    for (task, mut own) in turns {
        own.sort_by_key(|turn| turn.start);
        let mut line = 0;
        for (turn, count) in own.iter().zip(shares(&own, lines(task)?)) {
            for at in 1..=count {
                let end = f64::from(turn.start) + f64::from(turn.end - turn.start) * f64::from(at) / f64::from(count);
                all.push((end, (task, line)));
                line += 1;
            }
        }
    }
    all.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    (!all.is_empty()).then(|| all.into_iter().map(|(_, line)| line).collect())
}

/// The lines so far, while a trace is being recorded. A turn that is over printed `a_turn(task)` lines, because it is
/// not known how many turns its task will have.
pub fn printed_so_far(trace: &Trace, a_turn: impl Fn(usize) -> Option<u32>) -> Vec<PrintedLine> {
    let mut over: Vec<(u32, usize)> = Vec::new();
    for lane in &trace.lanes {
        let mut turns = turns_of(lane);
        turns.pop(); // it may go on
        over.extend(turns.iter().map(|turn| (turn.end, turn.task)));
    }
    let mut lines: Vec<PrintedLine> = Vec::new();
    // turns are few, and this code loads with the page: the next turn is searched for, without sorting
    while let Some(next) = (0..over.len()).min_by_key(|at| over[*at]) {
        let (_, task) = over.swap_remove(next);
        let before = lines.iter().filter(|(own, _)| *own == task).count() as u32;
        lines.extend((0..a_turn(task).unwrap_or(0)).map(|line| (task, before + line)));
    }
    lines
}

/// Lines as text, one after the other.
pub fn letters(lines: Vec<PrintedLine>) -> String {
    lines.into_iter().map(letter).collect::<Vec<_>>().join(" ")
}

/// The turns on a lane, in order.
fn turns_of(lane: &Lane) -> Vec<Stint> {
    let mut turns: Vec<Stint> = Vec::new();
    for span in lane.spans.iter().filter(|span| matches!(span.cause, Cause::Compute | Cause::OffCore)) {
        let computed = if span.cause == Cause::Compute { span.length() } else { 0 };
        let task = span.task as usize;
        match turns.last_mut().filter(|last| last.task == task) {
            Some(last) => (last.end, last.computed) = (span.end, last.computed + computed),
            None => turns.push(Stint { task, start: span.start, end: span.end, computed }),
        }
    }
    turns
}

/// How many of a task's lines each of its turns printed: its share of the computing, rounded so that all lines are
/// given out (the method of largest remainders), because no two steps are equally long.
fn shares(turns: &[Stint], lines: u32) -> Vec<u32> {
    let whole: f64 = turns.iter().map(|turn| f64::from(turn.computed)).sum();
    let exact: Vec<f64> = turns.iter().map(|turn| f64::from(turn.computed) / whole * f64::from(lines)).collect();
    let mut counts: Vec<u32> = exact.iter().map(|share| *share as u32).collect();
    let mut order: Vec<usize> = (0..turns.len()).collect();
    order.sort_by(|one, other| exact[*other].fract().total_cmp(&exact[*one].fract()));
    let left = lines.saturating_sub(counts.iter().sum());
    order.into_iter().take(left as usize).for_each(|at| counts[at] += 1);
    counts
}

/// A line as it is printed: the first task's first is A1.
pub fn letter((task, line): PrintedLine) -> String {
    let letter = char::from(b'A' + (task % 26) as u8);
    format!("{letter}{}", line + 1)
}

#[cfg(test)]
mod tests {
    use strategies::trace::{Context, TraceBuilder};

    use super::*;

    fn order(spans: &[(u32, u32, u32)]) -> Option<String> {
        let spans: Vec<_> = spans.iter().map(|&(start, end, task)| (start, end, task, Cause::Compute)).collect();
        let trace = TraceBuilder::new().lane(Context::Page, &spans).build();
        let lines = printed(&trace, |task| [Some(3), Some(4), Some(2)].get(task).copied().flatten())?;
        Some(lines.into_iter().map(letter).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn tasks_that_take_turns_print_in_turn() {
        let turns = [0, 1, 2, 0, 1, 2, 0, 1, 1];
        let mut spans: Vec<(u32, u32, u32)> =
            turns.iter().enumerate().map(|(at, task)| (at as u32 * 10, at as u32 * 10 + 10, *task)).collect();
        assert_eq!(order(&spans).as_deref(), Some("A1 B1 C1 A2 B2 C2 A3 B3 B4"));
        // B's last two turns are one span, as they are recorded
        spans.truncate(7);
        spans.push((70, 90, 1));
        assert_eq!(order(&spans).as_deref(), Some("A1 B1 C1 A2 B2 C2 A3 B3 B4"));
    }

    /// On a busy core turns are cut, and are not equally long.
    #[test]
    fn a_core_that_was_lost_changes_no_order() {
        use Cause::{Compute, OffCore};
        let spans = [
            (0, 14, 0, Compute),
            (14, 22, 1, Compute),
            (22, 60, 1, OffCore),
            (60, 61, 1, Compute),
            (61, 70, 2, Compute),
            (70, 79, 0, Compute),
            (79, 92, 1, Compute),
            (92, 103, 2, Compute),
            (103, 111, 0, Compute),
            (111, 130, 1, Compute),
        ];
        let trace = TraceBuilder::new().lane(Context::Page, &spans).build();
        let lines = printed(&trace, |task| Some([3, 4, 2][task])).expect("something was printed");
        let said: Vec<_> = lines.into_iter().map(letter).collect();
        assert_eq!(said.join(" "), "A1 B1 C1 A2 B2 C2 A3 B3 B4");
    }

    #[test]
    fn tasks_that_do_not_print_all_of_theirs_in_a_row() {
        let spans = [(0, 30, 0), (30, 70, 1), (70, 90, 2)];
        assert_eq!(order(&spans).as_deref(), Some("A1 A2 A3 B1 B2 B3 B4 C1 C2"));
    }

    #[test]
    fn turns_that_are_over_have_printed() {
        let spans: Vec<_> = [(0, 10, 0), (10, 20, 1), (20, 30, 2), (30, 40, 0), (40, 45, 1)]
            .map(|(start, end, task)| (start, end, task, Cause::Compute))
            .into();
        let trace = TraceBuilder::new().lane(Context::Page, &spans).build();
        assert_eq!(letters(printed_so_far(&trace, |_| Some(1))), "A1 B1 C1 A2");
        assert_eq!(letters(printed_so_far(&trace, |task| [Some(3), None, Some(2)][task])), "A1 A2 A3 C1 C2 A4 A5 A6");
        assert_eq!(letters(printed_so_far(&Trace::default(), |_| Some(1))), "");
    }

    #[test]
    fn nothing_is_told_of_nothing() {
        assert_eq!(order(&[]), None);
        assert_eq!(order(&[(0, 10, 7)]), None);
    }
}
