//! What is shown is in the language of the question; the report, which programs read, is in English.

use analyst::{About, AnalystAnswer, Reported};
use pictures::{Shown, Table};
use words::{Catalogue, every_text, pseudo};

use super::made::{about, ask_in, race, reported, run, series};
use super::{activity, sweeps};

fn pseudo_language() -> String {
    Catalogue::write(every_text().into_iter().map(|(key, text)| (key, pseudo(&text))))
}

fn in_pseudo(about: About) -> Reported {
    match ask_in(Some(pseudo_language()), about) {
        AnalystAnswer::Shown(reported) => *reported,
        other => panic!("another answer: {other:?}"),
    }
}

fn heads(table: &Table) -> impl Iterator<Item = &String> {
    table.columns.iter().chain([&table.caption])
}

/// Every text that is made of words.
fn texts(shown: &Shown) -> Vec<&String> {
    let said = [&shown.headline, &shown.made].into_iter().chain(&shown.findings).chain(&shown.caveats);
    let rows = shown.rows.iter().flat_map(|row| [&row.name, &row.summary]);
    let charts = shown.charts.iter().flat_map(|chart| {
        let figures = chart.figures.iter().flat_map(|figure| [&figure.caption, &figure.scene.label]);
        let tables = chart.tables.iter().chain(&chart.hidden).flat_map(heads);
        [&chart.label, &chart.heading, &chart.details].into_iter().chain(figures).chain(tables)
    });
    let tables = [&shown.results, &shown.lanes].into_iter().chain(&shown.pairs).flat_map(heads);
    let machine = shown.machine.iter().map(|(heading, _)| heading);
    said.chain(rows).chain(charts).chain(tables).chain(machine).collect()
}

#[test]
fn all_that_is_shown_is_in_the_language_that_was_asked_for() {
    let sweep = sweeps::with_blocking([(1..=3).map(|n| series("threads", n, &[200_000 / n as u32; 5])).collect()]);
    let three = || race().into_iter().chain([series("processes", 2, &[84_000; 5])]).collect();
    let cases =
        [("mandelbrot", race()), ("mandelbrot", three()), ("activity", activity::run(2)), ("sweep=1&workers=3", sweep)];
    for (query, series) in cases {
        let asked = || about(run(query, series.clone()));
        let (english, told) = (reported(asked()), in_pseudo(asked()));
        assert_eq!(told.report, english.report, "programs read English");
        for text in texts(&told.shown) {
            assert!(text.starts_with('['), "{text}");
        }
        assert_eq!(texts(&told.shown).len(), texts(&english.shown).len());
        assert!(texts(&english.shown).iter().all(|text| !text.starts_with('[')), "the thread speaks English again");
        assert_eq!(in_pseudo(About::Report(told.report.clone())).shown, told.shown);
    }
}
