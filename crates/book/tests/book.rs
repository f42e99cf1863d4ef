//! Nothing is wrong with the chapters' texts; in made-up texts with errors, each error is reported with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use book::{Book, FileProblem};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn problems(book: Result<Book, Vec<FileProblem>>) -> Vec<String> {
    book.err().unwrap_or_default().iter().map(FileProblem::to_string).collect()
}

#[test]
fn nothing_is_wrong_with_the_chapters() {
    assert_eq!(problems(Book::read(&root())), [""; 0]);
}

#[test]
fn every_chapter_has_a_page_with_all_of_its_words() {
    let (book, built) = written();
    let front = fs::read_to_string(built.path().join("index.html")).expect("it was written");
    for chapter in &book.chapters {
        let html =
            fs::read_to_string(built.path().join("chapters").join(&chapter.name).join("index.html")).expect("a page");
        assert!(!html.contains("{{"), "{}: something is left open", chapter.name);
        let picture = format!("preview-{}.png", chapter.name);
        assert!(
            html.contains(&format!("content=\"https://example.org/lanes/{picture}\"")),
            "{}: no picture",
            chapter.name
        );
        assert!(built.path().join(picture).is_file(), "{}", chapter.name);
        assert!(
            front.contains(&format!("chapters/{}/", chapter.name)),
            "the front page does not lead to {}",
            chapter.name
        );
        let source = fs::read_to_string(root().join("chapters").join(&chapter.name).join("text.md")).expect("its text");
        let shown = words(&html);
        let said: Vec<_> =
            source.lines().filter(|line| line.starts_with(|first: char| first.is_alphabetic())).collect();
        for line in said.into_iter().filter(|line| !line.contains(" = ")) {
            for word in line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3) {
                let hidden = line.contains("](") || line.contains('`'); // the address of a link is not visible
                assert!(hidden || shown.contains(word), "{}: {word:?} of {line:?} is not on its page", chapter.name);
            }
        }
    }
}

/// The book, written into the folder of a built page that has one more page beside it.
fn written() -> (Book, tempfile::TempDir) {
    let book = Book::read(&root()).expect("nothing is wrong");
    let built = tempfile::tempdir().expect("a folder");
    for (to, from) in [
        ("index.html", "index.html"),
        ("two-labs.html", "index.html"),
        ("isolation-worker.js", "www/isolation-worker.js"),
        ("words/en-XA.tsv", "www/words/en-XA.tsv"),
    ] {
        let to = built.path().join(to);
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("it is ours");
        fs::copy(root().join(from), to).expect("it is there");
    }
    book.write(&root(), built.path(), "https://example.org/lanes/").expect("it is ours");
    (book, built)
}

#[test]
fn hosts_pages_and_service_worker_have_the_headers_of_the_dev_server() {
    let (_, built) = written();
    let read =
        |file: &str| fs::read_to_string(built.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let settings = fs::read_to_string(root().join("Trunk.toml")).expect("it is there");
    let settings: toml::Table = settings.parse().expect("it is TOML");
    let served: BTreeMap<String, String> =
        settings["serve"]["headers"].clone().try_into().expect("each header is a name and a text");
    let hosts = read("_headers");
    let shipped = hosts.strip_prefix("/*\n").expect("for every address").lines();
    let shipped = shipped.map(|line| line.trim().split_once(": ").expect("a name and a text"));
    let shipped: BTreeMap<_, _> = shipped.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    assert_eq!(shipped, served);
    let pages = ["index.html", "two-labs.html", "chapters/gil/index.html", "glossary/index.html", "sheet/index.html"];
    for page in pages.into_iter().chain(["licences/index.html"]) {
        let html = read(page);
        assert!(html.contains(&format!("content=\"{}\"", served["Content-Security-Policy"])), "{page}: its policy");
        assert!(html.contains("<li>It is in a frame whose"), "{page}: why it may not start");
        assert!(!html.contains("{{"), "{page}: something is left open");
    }
    let worker = read("isolation-worker.js");
    for name in ["Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy", "Document-Isolation-Policy"] {
        assert!(worker.contains(&format!("\"{name}\": \"{}\"", served[name])), "{name}: {worker}");
    }
    assert!(!worker.contains("Cache-Control"), "it adds what isolates, and nothing else");
    for own in
        ["./", "./index.html", "./two-labs", "./two-labs.html", "./chapters/gil/", "./words/en-XA.tsv", "./preview.png"]
    {
        assert!(worker.contains(&format!("\"{own}\"")), "{own}: {worker}");
    }
}

#[test]
fn the_licences_of_what_is_in_the_page_are_told() {
    let (_, built) = written();
    let html = fs::read_to_string(built.path().join("licences/index.html")).expect("it was written");
    let told = |name: &str| html.contains(&format!("<li>{name} "));
    for shipped in ["leptos", "rayon-core", "serde_json", "wasm-bindgen-rayon"] {
        assert!(told(shipped), "{shipped} is missing");
    }
    // crates that build it, test it, or that another platform would need, and the project's own
    for other in ["serde_derive", "syntect", "thirtyfour", "rustix", "lanes", "words"] {
        assert!(!told(other), "{other} is not in the page");
    }
    assert!(html.contains("<h2>MIT OR Apache-2.0</h2>") && !html.contains("<h2>MIT/"), "as SPDX says it");
    // with their texts, each once: both of serde_json's, and one of the many Apache licences
    let texts: Vec<_> = html.split("<details class=\"licence\">").skip(1).collect();
    let of = |name: &str| {
        let names = |text: &&str| text.split_once("</summary>").is_some_and(|(names, _)| names.contains(name));
        texts.iter().copied().filter(names).collect::<String>()
    };
    let both = of("serde_json");
    assert!(both.contains("Apache License") && both.contains("THE SOFTWARE IS PROVIDED"), "{both}");
    assert!(of("memchr").contains("Andrew Gallant"), "who holds the rights");
    let bodies: BTreeSet<_> =
        texts.iter().filter_map(|text| text.split_once("</summary>")).map(|(_, body)| body).collect();
    assert_eq!(bodies.len(), texts.len(), "each text stands there once");
    let page = fs::read_to_string(root().join("chapters/page.html")).expect("it is there");
    assert!(page.contains("href=\"{{root}}licences/\""), "chapters lead there");
}

/// A second copy would be forgotten some day.
#[test]
fn the_policy_stands_in_one_place() {
    for file in ["index.html", "chapters/page.html", "www/isolation-worker.js", "www/reasons.html"] {
        let text = fs::read_to_string(root().join(file)).expect("it is there");
        assert!(!text.contains("-src '") && !text.contains("require-corp"), "{file} has a policy of its own");
    }
    assert!(!root().join("www/_headers").exists(), "it is written when the page is built");
}

/// The files in a folder, without those in its subfolders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("it is readable").path());
    paths.filter(|path| path.is_file()).collect()
}

/// Every program beside a text prints what the `.out` file of the same name says, wherever there is a Python to run it.
#[test]
fn programs_print_what_they_are_said_to() {
    let python = || Command::new("python3");
    if !python().arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("there is no python3 here: not run");
        return;
    }
    let mut run = 0;
    for name in chapters::NAMES {
        let programs = files(&root().join("chapters").join(name)).into_iter();
        for program in programs.filter(|path| path.extension().is_some_and(|ending| ending == "py")) {
            let output = python().arg("-B").arg(&program).output().expect("it was there a moment ago");
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{}: {}", program.display(), String::from_utf8_lossy(&output.stderr));
            let expected = fs::read_to_string(program.with_extension("out")).expect("it says what is printed");
            assert_eq!(said, expected, "{}", program.display());
            run += 1;
        }
    }
    assert!(run > 2, "only {run} programs");
}

/// The words of an HTML text, without its tags.
fn words(html: &str) -> String {
    html.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect()
}

/// The problems of a copy of the chapters in which `text` replaces the first one's text.
fn with_text(text: &str) -> Vec<String> {
    let copy = tempfile::tempdir().expect("a folder");
    let folder = copy.path().join("chapters");
    for name in chapters::NAMES {
        fs::create_dir_all(folder.join(name)).expect("it is ours");
        for file in files(&root().join("chapters").join(name)) {
            fs::copy(&file, folder.join(name).join(file.file_name().expect("it has a name"))).expect("it is there");
        }
    }
    fs::copy(root().join("chapters/glossary.md"), folder.join("glossary.md")).expect("it is there");
    let recorded = copy.path().join("docs/recorded");
    fs::create_dir_all(&recorded).expect("it is ours");
    for file in files(&root().join("docs/recorded")) {
        fs::copy(&file, recorded.join(file.file_name().expect("it has a name"))).expect("it is there");
    }
    fs::write(folder.join(chapters::NAMES[0]).join("text.md"), text).expect("it is ours");
    problems(Book::read(copy.path()))
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let front = "+++\ntitle = \"A\"\nshort = \"A\"\ndescription = \"A\"\n+++\n";
    let name = chapters::NAMES[0];
    for (text, line, what) in [
        ("No front.\n".to_owned(), 1, "the front is missing"),
        ("+++\ntitle = \"A\"\nshort = \"\"\ndescription = \"A\"\n+++\n".into(), 2, "`short` is empty"),
        ("+++\ntitle = \"A\"\nname = \"A\"\n+++\n".into(), 3, "unknown field"),
        (format!("{front}\n# A title\n"), 7, "the page's title"),
        (format!("{front}\n\nSee [this](chapter:nowhere).\n"), 8, "no chapter \"nowhere\""),
        (format!("{front}\nSee [this](elsewhere.html).\n"), 7, "leads nowhere"),
        (format!("{front}\nSee [this](#nothing).\n"), 7, "no heading here is #nothing"),
        (format!("{front}\nSee [this](lab:workload=prime).\n"), 7, "prime"),
        (format!("{front}\n<b>HTML</b>\n"), 7, "HTML"),
        (format!("{front}\n![A picture](a.png)\n"), 7, "pictures"),
        (format!("{front}\n```lab\nrun = \"workload=prime\"\n```\n"), 8, "prime"),
        (format!("{front}\n```lab\nrun = \"size=64\"\ncolour = \"red\"\n```\n"), 8, "colour"),
        (format!("{front}\n```lab\n\nrun = workload\n```\n"), 9, "expected"),
        (format!("{front}\n```lab\nrun = \"theme=dark\"\n```\n"), 8, "how the page looks"),
        (
            format!("{front}\n```ask\nrun = \"workload=primes\"\nask = \"?\"\nof = \"speed threads\"\n```\n"),
            8,
            "speedup A B",
        ),
        (
            format!(
                "{front}\n```ask\nrun = \"workload=primes\"\nask = \"?\"\nof = \"first\"\noption = [\"a: A\", \"b: B\"]\n```\n"
            ),
            8,
            "threads",
        ),
        (
            format!("{front}\n```ask\nrun = \"workload=primes\"\nof = \"time threads\"\naxis = \"0 4\"\n```\n"),
            8,
            "lacks `ask`",
        ),
        (format!("{front}\n```law\nrun = \"workload=primes&sweep=1\"\n```\n"), 8, "work with a serial part"),
        (format!("{front}\n```law\nrun = \"workload=grain&serial=5\"\n```\n"), 8, "sweep=1"),
        (format!("{front}\n```law\nrun = \"workload=grain&sweep=1\"\nask = \"?\"\n```\n"), 8, "a law has"),
        (format!("{front}\n```code\nfile = \"none.py\"\n```\n"), 8, "none.py"),
        (format!("{front}\n```recorded\nfile = \"none\"\nalone = \"none\"\n```\n"), 8, "docs/recorded/none.json"),
        (format!("{front}\n```cobol\nSTOP RUN.\n```\n"), 8, "cobol"),
    ] {
        let wrong = with_text(&text);
        let begin = format!("chapters/{name}/text.md:{line}: ");
        assert!(wrong.iter().any(|wrong| wrong.starts_with(&begin) && wrong.contains(what)), "{text}\n{wrong:#?}");
    }
}

/// Amdahl's law is also drawn without a script, with its table, for the part that the text names.
#[test]
fn a_law_stands_there_without_a_script() {
    let (_, built) = written();
    let html = fs::read_to_string(built.path().join("chapters/scaling/index.html")).expect("it was written");
    let (_, after) = html.split_once("data-law=\"\"").expect("there is one");
    let (still, _) = after.split_once("</figure>").expect("it ends");
    for part in ["<svg viewBox=", "class=\"law\"", "limit 20×", "no number of workers is 20 times", "<td>15×</td>"] {
        assert!(still.contains(part), "{part} is missing: {still}");
    }
}

/// Questions, too, keep a number and its unit together, though they are no part of a chapter's running text.
#[test]
fn a_number_and_its_unit_stay_on_one_line() {
    let (book, built) = written();
    let mut tied = 0;
    for chapter in &book.chapters {
        let path = built.path().join("chapters").join(&chapter.name).join("index.html");
        let html = fs::read_to_string(path).expect("it was written");
        for question in html.split("data-ask=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            tied += question.matches("%C2%A0ms").count();
            for (at, _) in question.match_indices("+ms") {
                assert!(!question[..at].ends_with(|letter: char| letter.is_ascii_digit()), "{question}");
            }
        }
    }
    assert!(tied > 0, "no question has milliseconds");
}

/// The recipe's text, as it stands in the README, indented by seven spaces.
#[test]
fn nothing_is_wrong_with_the_recipe() {
    let readme = fs::read_to_string(root().join("README.md")).expect("it is there");
    let (_, after) = readme.split_once("Write `chapters/hashing/text.md`:\n\n").expect("the recipe is there");
    let lines = after.lines().take_while(|line| line.is_empty() || line.starts_with("       "));
    let text: String = lines.map(|line| format!("{}\n", line.get(7..).unwrap_or_default())).collect();
    assert!(text.contains("mistaken = "), "{text}");
    assert_eq!(with_text(&text), [""; 0]);
}
