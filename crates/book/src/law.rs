//! Amdahl's law in a text: a figure whose serial part the reader sets, before a lab that runs work with exactly that
//! part. Without a script, the figure and its table show the part that the text names.

use lab::experiment::Experiment;
use pictures::{Scene, Shape, Table, law};

use crate::escaped;

/// The parameter of the work that the reader sets: the share, in whole per cent, that only one worker can do.
pub(crate) const SERIAL: &str = "serial";

/// The serial part of an experiment, in per cent. The law needs work with such a part, run as a sweep.
///
/// # Errors
/// Which of the two is missing.
pub(crate) fn serial(experiment: &Experiment) -> Result<u32, String> {
    let own = experiment.params.iter().find(|(param, _)| param.key == SERIAL);
    let (_, serial) =
        own.ok_or(format!("a law is about work with a serial part, `{SERIAL}`, which this work has not"))?;
    let swept = experiment.sweep.then_some(serial);
    swept.ok_or("a law is about several numbers of workers: `sweep=1` is missing".to_owned())
}

/// The law as HTML, for readers without a script.
pub(crate) fn html(serial: u32) -> String {
    let (figure, own) = (law::figure(serial, &[]), law::table(serial, &[]));
    format!(
        "<div class=\"still\">\n<p>{}</p>\n<div class=\"{}\">{}</div>\n<p>{}</p>\n{}</div>\n",
        escaped(&law::said(serial)),
        figure.class,
        svg(&figure.scene),
        escaped(&figure.caption),
        table(&own)
    )
}

/// A picture as the page draws it.
fn svg(scene: &Scene) -> String {
    let number = |value: f64| words::decimal(value, 1);
    let shape = |shape: &Shape| match shape {
        Shape::Path { class, path, dashes } => {
            let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
            format!("<path class=\"{class}\" d=\"{path}\"{dashes}></path>")
        }
        Shape::Circle { class, middle: [x, y], radius } => {
            format!(
                "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"></circle>",
                number(*x),
                number(*y),
                number(*radius)
            )
        }
        Shape::Text { class, place: [x, y], text } => {
            format!("<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>", number(*x), number(*y), escaped(text))
        }
    };
    let shapes: String = scene.shapes.iter().map(shape).collect();
    let (width, height, label) = (number(scene.width), number(scene.height), escaped(&scene.label));
    format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">{shapes}</svg>")
}

fn table(Table { caption, columns, rows, .. }: &Table) -> String {
    let heads: String = columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escaped(column))).collect();
    let row = |cells: &Vec<pictures::Cell>| {
        let mut cells = cells.iter().map(|cell| escaped(&cell.text));
        let first = cells.next().map(|first| format!("<th scope=\"row\">{first}</th>")).unwrap_or_default();
        format!("<tr>{first}{}</tr>\n", cells.map(|cell| format!("<td>{cell}</td>")).collect::<String>())
    };
    format!(
        "<table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        escaped(caption),
        rows.iter().map(row).collect::<String>()
    )
}
