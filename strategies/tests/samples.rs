//! What every strategy is called elsewhere, and the few lines of it in `strategies/samples/` that a visitor can ask
//! for.
//!
//! A strategy may have no samples; one that has any has one in every language. Where `python3`, `node` and `go` are at
//! hand they check their files here; those in Rust are programs of the package `tests/samples`, which the lints of the
//! whole workspace compile. Nothing is run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use strategies::{ALL, Meta};

/// Each language, how its files end, and how its comments begin.
const LANGUAGES: [(&str, &str, &str); 4] =
    [("Python", "py", "# "), ("Rust", "rs", "// "), ("Go", "go", "// "), ("JavaScript", "js", "// ")];
/// The version of Go that has all that the files use; an older one is not asked.
const GO: [u32; 2] = [1, 25];
/// The most lines with content; the others, blank or a lone bracket, are due to the language's formatter.
const LINES: usize = 16;
/// The most lines in all.
const ROWS: usize = 24;
/// The most columns, where a tab counts as four.
const COLUMNS: usize = 90;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

fn metas() -> impl Iterator<Item = &'static Meta> {
    ALL.iter().map(|strategy| strategy.meta())
}

/// The files of one language, by name.
fn files(ending: &str) -> Vec<PathBuf> {
    let all = fs::read_dir(folder()).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<_> = all.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    files.sort();
    files
}

/// An empty folder of its own for the test `name`.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder); // left by an earlier run, if there was one
    fs::create_dir_all(&folder).expect("cargo's folder for tests can be written to");
    folder
}

/// Whether `program` is there and prints its version when called with `version`.
fn at_hand(program: &str, version: &str) -> bool {
    let found = Command::new(program).arg(version).output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: there is no {program} here");
    }
    found
}

/// What the command printed.
fn succeeds(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The `go` command in its usual environment, except that it fetches no other version of Go.
fn go(arguments: &[&str]) -> Command {
    let mut go = Command::new("go");
    go.args(arguments).env("GOTOOLCHAIN", "local");
    go
}

/// Whether this Go has all that the files use.
fn go_is_new_enough() -> bool {
    let said = succeeds(&mut go(&["env", "GOVERSION"])); // as "go1.25.3"
    let numbers = said.trim().trim_start_matches("go").split(|letter: char| !letter.is_ascii_digit());
    let numbers: Vec<u32> = numbers.map_while(|number| number.parse().ok()).take(GO.len()).collect();
    let enough = numbers.as_slice() >= &GO[..];
    if !enough {
        let [major, minor] = GO;
        eprintln!("skipped: the files need Go {major}.{minor}, and this is {}", said.trim());
    }
    enough
}

/// The files that the strategy's samples are in, if it has any.
fn named(meta: &Meta) -> Vec<String> {
    meta.equivalents.iter().map(|same| same.file(meta)).collect()
}

/// The names of the files that are there.
fn there() -> BTreeSet<String> {
    let entries = fs::read_dir(folder()).expect("the folder is there").map(|entry| entry.expect("it can be read"));
    entries.map(|entry| entry.file_name().into_string().expect("a plain name")).collect()
}

#[test]
fn a_strategy_is_called_something_in_every_language_or_in_none() {
    for meta in metas().filter(|meta| !meta.equivalents.is_empty()) {
        let languages: Vec<_> = meta.equivalents.iter().map(|same| same.language).collect();
        assert_eq!(languages, LANGUAGES.map(|(language, ..)| language), "{}", meta.id);
        for (same, (_, ending, _)) in meta.equivalents.iter().zip(LANGUAGES) {
            assert!(!same.name.is_empty(), "{} has no name in {}", meta.id, same.language);
            assert_eq!(same.file(meta), format!("{}.{ending}", meta.id));
        }
    }
}

#[test]
fn a_strategy_has_all_its_samples_or_says_that_it_has_none() {
    let there = there();
    for meta in metas() {
        let (found, missing): (Vec<_>, Vec<_>) = named(meta).into_iter().partition(|file| there.contains(file));
        let wrong = if meta.samples { missing } else { found };
        assert!(wrong.is_empty(), "{} says that it has samples: {}; yet {wrong:?}", meta.id, meta.samples);
    }
}

#[test]
fn every_sample_is_some_strategys() {
    let named: BTreeSet<_> = metas().flat_map(named).collect();
    let strays: Vec<_> = there().difference(&named).cloned().collect();
    assert!(strays.is_empty(), "nobody shows {strays:?}");
}

#[test]
fn every_file_is_a_few_lines_that_begin_with_what_they_show() {
    for (_, ending, comment) in LANGUAGES {
        for path in files(ending) {
            let (name, text) = (path.display(), fs::read_to_string(&path).expect("a text"));
            assert!(text.starts_with(comment) && text.ends_with('\n'), "{name}: no first comment, or no end of line");
            let says = |line: &&str| line.chars().any(|letter| !letter.is_whitespace() && !"()[]{},;".contains(letter));
            let (lines, rows) = (text.lines().filter(says).count(), text.lines().count());
            assert!(lines <= LINES && rows <= ROWS, "{name}: {lines} lines in {rows}");
            for line in text.lines() {
                let columns = line.replace('\t', "    ").chars().count();
                assert!(columns <= COLUMNS && line.trim_end() == line, "{name}: {columns} columns: {line:?}");
            }
        }
    }
}

#[test]
fn python_compiles_its_files() {
    if at_hand("python3", "--version") {
        let cache = scratch("samples-python");
        succeeds(
            Command::new("python3").args(["-m", "py_compile"]).args(files("py")).env("PYTHONPYCACHEPREFIX", cache),
        );
    }
}

#[test]
fn every_file_in_rust_is_a_program_of_the_workspace() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/samples");
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("the package is there");
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    let programs = manifest["bin"].as_array().expect("programs are a list");
    let path = |program: &toml::Value| package.join(program["path"].as_str().expect("a text")).canonicalize();
    let programs: BTreeSet<_> = programs.iter().map(|program| path(program).expect("the file is there")).collect();
    let files: BTreeSet<_> = files("rs").iter().map(|file| file.canonicalize().expect("the file is there")).collect();
    assert_eq!(programs, files, "what is compiled (left) and what is shown (right) differ");
}

#[test]
fn go_vets_its_files() {
    if at_hand("go", "version") && go_is_new_enough() {
        assert_eq!(succeeds(Command::new("gofmt").arg("-l").args(files("go"))), "", "not as gofmt writes them");
        for file in files("go") {
            succeeds(go(&["vet"]).arg(file)); // each is a program
        }
    }
}

#[test]
fn node_parses_its_files() {
    if at_hand("node", "--version") {
        let folder = scratch("samples-javascript");
        for path in files("js") {
            // as a module, whatever the nearest package.json says
            let module = folder.join(path.file_name().expect("a file")).with_extension("mjs");
            fs::copy(&path, &module).expect("the folder is ours");
            succeeds(Command::new("node").arg("--check").arg(&module));
        }
    }
}
