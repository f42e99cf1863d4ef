//! Expected and measured times of projects: scaled down, under every approach that runs in the page; and of the talk's
//! scenarios on the installed Python.

use std::process::Command;

use browsers::{Browser, Page};
use decide::{CLOSE, Checked, DOUBTED, Python, Recorded, Sources, Trial, check, preset, read_json};
use serde_json::{Map, Value};
use simulate::MachineCosts;
use strategies::costs::CostId;

use crate::costs;
use crate::peers::root;
use crate::target::Target;
use crate::words::{cells, table};

/// The talk's scenarios, and three projects of others.
const PRESETS: [&str; 3] = ["arrays", "crawler", "proxy"];
const PROJECTS: [&str; 3] = ["thumbnails", "invoices", "greenhouse"];
/// The number of cores that the machine is assumed to have.
const CORES: usize = 2;
/// The largest relative error allowed for times expected of CPython.
const OFF: f64 = 0.3;

/// The result for one project.
pub struct Tried {
    /// Its name.
    name: &'static str,
    /// Each approach that ran.
    checked: Vec<Checked>,
}

/// The results for the scenarios on one Python.
pub struct OnPython {
    version: String,
    /// Scenario, approach with its workers, expected, measured.
    rows: Vec<[String; 4]>,
    /// The largest relative error.
    off: f64,
    /// The number of pairs that were expected in the wrong order.
    misjudged: usize,
}

/// Measures the page's costs, then runs all projects in the page.
///
/// # Panics
/// When a project does not run.
pub async fn measure(browser: &Browser, page: &Page<'_>) -> Vec<Tried> {
    let measured = costs::measure(browser, page).await;
    let cost = |id: CostId| {
        let name = serde_json::to_value(id).expect("it has a name");
        measured.iter().find(|cost| name == cost.id()).map(costs::Cost::median_us)
    };
    let sources = Sources { machine: MachineCosts::measured(cost), ..Sources::default() };
    let file = |name: &str| std::fs::read_to_string(root().join("docs/projects").join(format!("{name}.json")));
    let presets = PRESETS.map(|name| (name, preset(name).expect("it is one")));
    let projects = PROJECTS.map(|name| (name, read_json(&file(name).expect("it is there")).0));
    let mut tried = Vec::new();
    for (name, project) in presets.into_iter().chain(projects) {
        let trial = Trial::of(&project, CORES);
        let pairs = trial.experiment.iter().map(|(key, value)| ((*key).to_owned(), Value::from(value.as_str())));
        let report = page.run(Value::Object(pairs.collect::<Map<_, _>>())).await;
        let report = report.unwrap_or_else(|why| panic!("{name}: {why}"));
        tried.push(Tried { name, checked: check(&trial, &report, &sources) });
    }
    tried
}

/// Runs both programs on the installed Python; `None` if there is none, or a program fails.
pub fn on_python() -> Option<OnPython> {
    let run = |program: &str| {
        let output = Command::new("python3").arg(root().join("docs/recorded").join(program)).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let recorded = Recorded::from_json(&run("scenarios.py")?).ok()?;
    let sources = Sources::default().with(Python::from_json(&run("costs.py")?).ok()?);
    let (mut rows, mut off, mut misjudged) = (Vec::new(), 0.0_f64, 0);
    for scenario in &recorded.scenarios {
        let all = scenario.beside(&sources);
        off = all.iter().map(|row| row.off().abs()).fold(off, f64::max);
        misjudged += all.iter().map(|one| all.iter().filter(|other| one.is_misjudged(other)).count()).sum::<usize>();
        rows.extend(all.iter().map(|row| {
            let approach = format!("{} ({})", row.approach.name.english, row.workers);
            [scenario.name.clone(), approach, ms(row.expected_ms), ms(row.measured_ms)]
        }));
    }
    Some(OnPython { version: recorded.python, rows, off, misjudged })
}

/// The section of the document.
pub fn section(tried: &[Tried], python: Option<&OnPython>) -> String {
    let head = cells(&["project", "approach", "expected", "measured", "95 % interval", "off by"]);
    let row = |name: &str, checked: &Checked| {
        let [low, high] = checked.interval_ms.map(ms);
        let off = format!("{:+.0} %", checked.error * 100.0);
        cells(&[
            name,
            &checked.approach,
            &ms(checked.expected_ms),
            &ms(checked.measured_ms),
            &format!("{low} to {high}"),
            &off,
        ])
    };
    let rows: Vec<_> =
        tried.iter().flat_map(|tried| tried.checked.iter().map(|checked| row(tried.name, checked))).collect();
    let mut text =
        format!("Projects scaled down to run in the page, with the page's own costs.\n\n{}\n", table(&head, &rows));
    if let Some(OnPython { version, rows, .. }) = python {
        let head = cells(&["scenario", "approach (workers)", "expected", "measured"]);
        let rows: Vec<_> = rows.iter().map(|row| row.to_vec()).collect();
        text +=
            &format!("\nThe talk's scenarios on CPython {version}, with its own costs.\n\n{}\n", table(&head, &rows));
    }
    text
}

/// The targets for projects and scenarios.
pub fn targets(tried: &[Tried], python: Option<&OnPython>) -> Vec<Target> {
    let all = || tried.iter().flat_map(|tried| &tried.checked);
    let off = all().map(|checked| checked.error.abs()).fold(0.0, f64::max);
    let within = all().filter(|checked| checked.error.abs() <= DOUBTED).count();
    let count = |is_right: fn(&Tried) -> bool| tried.iter().filter(|tried| is_right(tried)).count();
    let (close, within_interval) = (count(Tried::winner_is_close), count(Tried::winner_is_within_interval));
    let mut targets = vec![
        Target::new(
            "who takes what is expected to be first loses no more than Lanes calls close (a tenth)",
            format!("{close} of {} projects; {within_interval} within the interval of the fastest", tried.len()),
            close == tried.len(),
        ),
        Target::new(
            "what projects take is within 25 % of what is expected, under every approach that runs in the page",
            format!("{within} of {}; at most {}", all().count(), part(off)),
            off <= DOUBTED,
        ),
    ];
    targets.extend(python.map(|python| {
        Target::new(
            format!(
                "the talk's scenarios on CPython {} are within 30 % of what is expected, in that order",
                python.version
            ),
            format!("at most {}; {} pairs in another order", part(python.off), python.misjudged),
            python.off <= OFF && python.misjudged == 0,
        )
    }));
    targets
}

impl Tried {
    /// The approach that was expected to be fastest, and the one that was.
    fn firsts(&self) -> Option<[&Checked; 2]> {
        let by = |key: fn(&Checked) -> f64| self.checked.iter().min_by(|a, b| key(a).total_cmp(&key(b)));
        Some([by(|checked| checked.expected_ms)?, by(|checked| checked.measured_ms)?])
    }

    /// Whether the approach that was expected to be fastest is close to the fastest, as the program defines close.
    fn winner_is_close(&self) -> bool {
        self.firsts().is_some_and(|[expected, fastest]| expected.measured_ms <= CLOSE * fastest.measured_ms)
    }

    /// Whether no approach was clearly faster than the one expected to be fastest. Among approaches that are expected
    /// to be equal, it is chance which one is first.
    fn winner_is_within_interval(&self) -> bool {
        self.firsts().is_some_and(|[expected, fastest]| expected.interval_ms[0] <= fastest.interval_ms[1])
    }
}

fn ms(value: f64) -> String {
    format!("{value:.1} ms")
}

fn part(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
