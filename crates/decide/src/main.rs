//! Which approach fits a project: `decide project.json [costs.json]` prints the decision as JSON.

use std::process::ExitCode;
use std::{env, fs};

use decide::{CLOSER, Decision, Flips, Python, Sources, read_json};

const USAGE: &str = "usage: decide project.json [costs.json]\n\
    project.json: what there is to do, as README describes it\n\
    costs.json:   what docs/recorded/costs.py printed on your Python; else that of CPython 3.13";

fn main() -> ExitCode {
    match decide(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(decision) => {
            println!("{decision}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn decide(arguments: &[String]) -> Result<String, String> {
    let (project, costs) = match arguments {
        [project] => (project, None),
        [project, costs] => (project, Some(costs)),
        _ => return Err(USAGE.into()),
    };
    let read = |file: &String| fs::read_to_string(file).map_err(|error| format!("{file}: {error}"));
    let (project, problems) = read_json(&read(project)?);
    problems.iter().for_each(|problem| eprintln!("{}", words::problem(problem)));
    let sources = match costs {
        None => Sources::default(),
        Some(file) => {
            let python = Python::from_json(&read(file)?).map_err(|why| format!("{file}: {}", why.text()))?;
            Sources::default().with(python)
        }
    };
    let mut decision = Decision::of(&project, &sources, CLOSER);
    decision.changes = Flips::new(&project, &sources, &decision.standings()).all().collect();
    serde_json::to_string_pretty(&decision).map_err(|error| error.to_string())
}
