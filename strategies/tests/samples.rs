//! What every strategy is called elsewhere, and the few lines of it in `www/equivalents/` that a visitor can ask for.
//!
//! Where `python3`, `node` and `go` are at hand they check their files here; those in Rust are programs of the package
//! beside this file, which the lints of the whole workspace compile. Nothing is run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use strategies::{ALL, Meta, params};
use workloads::Params;

/// Each language, how its files end, and how its comments begin.
const LANGUAGES: [(&str, &str, &str); 4] =
    [("Python", "py", "# "), ("Rust", "rs", "// "), ("Go", "go", "// "), ("JavaScript", "js", "// ")];
/// The Go that has all that its files use; an older one is not asked.
const GO: [u32; 2] = [1, 25];
/// Lines at most that say something; the others, blank or a lone bracket, are the language's formatter's.
const LINES: usize = 16;
/// Lines at most in all.
const ROWS: usize = 24;
/// Columns at most, where a tab is four.
const COLUMNS: usize = 90;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/equivalents")
}

/// Every strategy, and whatever else the choices among its parameters make of it.
fn metas() -> Vec<&'static Meta> {
    let variants = |strategy: &&'static dyn strategies::Strategy| {
        let strategy = *strategy;
        let choices = strategy.meta().params.iter().filter(|param| !param.words.is_empty());
        let variants = choices.flat_map(|param| (param.min..=param.max).map(|value| (param.key, value)));
        let variants = variants.filter_map(move |(key, value)| {
            let mut strategy_params = Params::of(params());
            strategy_params.set(key, value).expect("the value is within its own range");
            strategy.variant(&strategy_params).map(|variant| variant.meta())
        });
        std::iter::once(strategy.meta()).chain(variants).collect::<Vec<_>>()
    };
    ALL.iter().flat_map(variants).collect()
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

/// Whether `program` is there and says its version, if asked so.
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

/// Go's own environment, but that it fetches no other Go.
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

#[test]
fn every_strategy_and_variant_has_one_in_every_language() {
    let metas = metas();
    assert!(metas.len() > ALL.len(), "the variants were not found");
    for meta in metas {
        let languages: Vec<_> = meta.equivalents.iter().map(|same| same.language).collect();
        assert_eq!(languages, LANGUAGES.map(|(language, ..)| language), "{}", meta.name);
        for (same, (_, ending, _)) in meta.equivalents.iter().zip(LANGUAGES) {
            assert!(!same.name.is_empty(), "{} has no name in {}", meta.name, same.language);
            assert!(same.file.ends_with(&format!(".{ending}")), "{} is not {}", same.file, same.language);
        }
    }
}

#[test]
fn every_file_belongs_to_one_strategy_and_none_is_missing() {
    let mut named = BTreeMap::<&str, Vec<&str>>::new();
    for meta in metas() {
        meta.equivalents.iter().for_each(|same| named.entry(same.file).or_default().push(meta.name));
    }
    let shared: Vec<_> = named.iter().filter(|(_, strategies)| strategies.len() > 1).collect();
    assert!(shared.is_empty(), "named more than once: {shared:?}");

    let there = fs::read_dir(folder()).expect("the folder is there").map(|entry| entry.expect("it can be read"));
    let there: BTreeSet<_> = there.map(|entry| entry.file_name().into_string().expect("a plain name")).collect();
    let named: BTreeSet<_> = named.keys().map(|file| (*file).to_owned()).collect();
    assert_eq!(there, named, "the folder (left) and what the strategies name (right) differ");
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
        let cache = scratch("equivalents-python");
        succeeds(
            Command::new("python3").args(["-m", "py_compile"]).args(files("py")).env("PYTHONPYCACHEPREFIX", cache),
        );
    }
}

#[test]
fn every_file_in_rust_is_a_program_of_the_workspace() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/equivalents");
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
        let folder = scratch("equivalents-javascript");
        for path in files("js") {
            // as a module, whatever the nearest package.json says
            let module = folder.join(path.file_name().expect("a file")).with_extension("mjs");
            fs::copy(&path, &module).expect("the folder is ours");
            succeeds(Command::new("node").arg("--check").arg(&module));
        }
    }
}
