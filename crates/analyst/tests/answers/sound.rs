//! Whether tables and scenes can be drawn: every row is as long as the headings, every shape has finite numbers and
//! known letters, every picture has words for readers who cannot see it.

use std::collections::HashSet;

use pictures::{Figure, Scene, Shape, Shown, Table};

/// # Panics
/// If something that is shown is not sound.
pub fn shown(shown: &Shown) {
    let of_charts = shown.charts.iter().flat_map(|chart| chart.tables.iter().chain(&chart.hidden));
    let tables: Vec<_> = [&shown.results, &shown.lanes].into_iter().chain(&shown.pairs).chain(of_charts).collect();
    tables.iter().for_each(|one| table(one));
    let ids: HashSet<_> = tables.iter().map(|table| &table.id).collect();
    assert_eq!(ids.len(), tables.len(), "two tables have the same id");
    shown.charts.iter().flat_map(|chart| &chart.figures).for_each(figure);
    let sentences = [&shown.headline].into_iter().chain(&shown.findings).chain(&shown.caveats);
    for said in sentences.chain(shown.rows.iter().map(|row| &row.summary)) {
        assert!(said.ends_with('.') && !said.contains(['{', '}']), "{said}");
    }
}

/// # Panics
/// If the table is not sound.
pub fn table(table: &Table) {
    assert!(!table.id.is_empty() && !table.caption.is_empty() && !table.columns.is_empty(), "{table:?}");
    for row in &table.rows {
        assert_eq!(row.len(), table.columns.len(), "{}: {row:?}", table.id);
        assert!(row.iter().all(|cell| !cell.text.is_empty() && !cell.text.contains(['{', '}'])), "{row:?}");
    }
}

/// # Panics
/// If the figure is not sound.
pub fn figure(figure: &Figure) {
    let Scene { width, height, label, shapes, .. } = &figure.scene;
    assert!(*width > 0.0 && *height > 0.0 && !label.is_empty() && !figure.caption.is_empty(), "{figure:?}");
    let near = |[x, y]: [f64; 2]| (-50.0..=width + 50.0).contains(&x) && (-50.0..=height + 50.0).contains(&y);
    for shape in shapes {
        let drawn = match shape {
            Shape::Path { path, dashes, .. } => is_path(path) && is_dashes(dashes),
            Shape::Circle { middle, radius, .. } => near(*middle) && *radius > 0.0,
            Shape::Text { place, text, .. } => near(*place) && !text.is_empty(),
        };
        assert!(drawn, "{shape:?}");
    }
}

/// Whether this consists of SVG path commands with plain numbers between them.
fn is_path(path: &str) -> bool {
    let number = |text: &str| text.is_empty() || text.parse::<f64>().is_ok_and(f64::is_finite);
    let numbers = path.split(|letter: char| "MLHVhvlaz ".contains(letter));
    path.starts_with('M') && numbers.flat_map(apart).all(number)
}

/// Splits numbers that are joined by a minus sign: `5-3` is 5, then -3.
fn apart(text: &str) -> Vec<&str> {
    let cuts = text.match_indices('-').map(|(at, _)| at).filter(|at| *at > 0);
    let ends: Vec<_> = [0].into_iter().chain(cuts).chain([text.len()]).collect();
    ends.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect()
}

fn is_dashes(dashes: &str) -> bool {
    dashes == "none" || dashes.split_terminator(' ').all(|length| length.parse::<f64>().is_ok())
}

#[test]
fn the_checker_sees_what_is_wrong() {
    assert!(is_path("M0 0.5L10-3H4z") && is_dashes("") && is_dashes("9 4"));
    for wrong in ["", "0 0", "M0 NaN", "M0 inf", "M0 0\"/>", "M0 0Q1 1"] {
        assert!(!is_path(wrong), "{wrong}");
    }
    assert!(!is_dashes("9,4"));
    let short = Table::new("t", "T".into(), vec!["a".into(), "b".into()], vec![vec!["1".to_owned()]]);
    assert!(std::panic::catch_unwind(|| table(&short)).is_err(), "a cell is missing");
}
