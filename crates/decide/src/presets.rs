//! The three scenarios of the talk, with amounts chosen here: the talk names none.

use super::project::{Amount, Part, Project};

/// The names of the scenarios, as links write them.
pub const PRESETS: [&str; 3] = ["arrays", "crawler", "proxy"];

/// The project of this name; None if there is none. `arrays`: compiled code computes on each of many arrays for long.
/// `crawler`: pages are fetched, processed in interpreted code, and stored. `proxy`: requests are passed on.
pub fn preset(name: &str) -> Option<Project> {
    let ms = Amount::same;
    Some(match name {
        "arrays" => Project {
            units: 400,
            parts: vec![Part::Waits(ms(5.0)), Part::Compiled(ms(250.0)), Part::Interpreted(ms(1.0))],
            in_kb: 8192.0,
            out_kb: 8192.0,
            ..Project::default()
        },
        "crawler" => Project {
            units: 2_000,
            parts: vec![
                Part::Waits(Amount { p50: 200.0, p95: 800.0 }),
                Part::Interpreted(Amount { p50: 150.0, p95: 400.0 }),
                Part::Waits(Amount { p50: 20.0, p95: 60.0 }),
            ],
            in_kb: 100.0,
            out_kb: 10.0,
            ..Project::default()
        },
        "proxy" => Project {
            units: 10_000,
            parts: vec![Part::Interpreted(ms(0.1)), Part::Waits(Amount { p50: 1_000.0, p95: 3_000.0 })],
            ..Project::default()
        },
        _ => return None,
    })
}
