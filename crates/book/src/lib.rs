//! The build step for the chapters: reads `chapters/`, checks all that it names, and writes a page for each chapter.
//!
//! A page works on its own: its words, tables and links need no script. What a text embeds becomes an element that the
//! page's script finds by its attributes (`data-lab`, `data-ask`) and brings to life. Invariant: whatever is written
//! has been checked; whatever is wrong is a [`FileProblem`] with its file and its line.

mod code;
mod glossary;
mod hosting;
mod law;
mod licences;
mod page;
mod part;
mod recorded;
mod scale;
mod text;

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use hosting::Headers;

pub use glossary::Glossary;
pub use page::contents;
pub use part::LabBlock;
pub use text::{Chapter, FrontMatter};

/// Something that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// The file's path, relative to the project's root.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in words, and what would be right.
    pub what: String,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// All chapters and what they share, read and checked.
#[derive(Debug)]
pub struct Book {
    /// The chapters, in reading order.
    pub chapters: Vec<Chapter>,
    /// The glossary.
    pub glossary: Glossary,
}

/// The folder of the texts.
const FOLDER: &str = "chapters";
/// The frame of every page: its head, its links to other pages, its foot.
const FRAME: &str = "chapters/page.html";
/// The marker in the front page that the list of chapters replaces.
const CONTENTS: &str = "<!-- chapters -->";
/// The marker in the front page for the address of its preview picture.
const PREVIEW: &str = "{{preview}}";
/// The marker in every page for what it may load and run.
const POLICY: &str = "{{policy}}";
/// The marker in every page for the reasons why it may not start.
const REASONS: &str = "{{reasons}}";
/// The file with those reasons.
const REASONS_FILE: &str = "www/reasons.html";
/// The folder of preview pictures for shared links: [`FRONT_PREVIEW`] of the front page, and one of each chapter.
const PICTURES: &str = "docs/pictures";
const FRONT_PREVIEW: &str = "preview.png";

impl Book {
    /// Reads the chapters of the project at `root`.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(root: &Path) -> Result<Self, Vec<FileProblem>> {
        let names: Vec<_> = chapters::NAMES.iter().map(|name| (*name).to_owned()).collect();
        let glossary_file = format!("{FOLDER}/glossary.md");
        let glossary = Glossary::read(&glossary_file, &file(root, &glossary_file).map_err(|problem| vec![problem])?)?;
        let (mut read, mut problems) = (Vec::new(), Vec::new());
        for name in &names {
            let path = format!("{FOLDER}/{name}/text.md");
            let chapter = file(root, &path).map_err(|problem| vec![problem]).and_then(|text| {
                Chapter::read(&text::TextSource {
                    file: &path,
                    text: &text,
                    name,
                    names: &names,
                    glossary: &glossary,
                    root,
                })
            });
            match chapter {
                Ok(chapter) => read.push(chapter),
                Err(wrong) => problems.extend(wrong),
            }
        }
        if problems.is_empty() { Ok(Self { chapters: read, glossary }) } else { Err(problems) }
    }

    /// Writes all pages into the folder of the built page: one for each chapter, the glossary, the sheet of guesses and
    /// the licences. Copies recordings and preview pictures there, puts the list of chapters into the front page and
    /// what all pages share into every page beside it, and then writes what hosts have to send. `host` is the address
    /// at which the page will be available, ending with a slash, because programs that preview a link follow no
    /// relative address. It is empty where that is not known.
    ///
    /// # Errors
    /// When a file cannot be read or written, or cargo does not say what the page is built from.
    pub fn write(&self, root: &Path, built: &Path, host: &str) -> io::Result<()> {
        let headers = Headers::read(root)?;
        let reasons = fs::read_to_string(root.join(REASONS_FILE))?;
        let policy = headers.policy().replace('"', "&quot;");
        let common = |html: &str| html.replace(POLICY, &policy).replace(REASONS, reasons.trim_end());
        let frame = common(&fs::read_to_string(root.join(FRAME))?);
        for page in page::pages(self, &frame, host, &licences::text(root)?) {
            let folder = built.join(&page.path);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("index.html"), page.html)?;
        }
        let pictures = root.join(PICTURES);
        for name in self.chapters.iter().map(Chapter::preview).chain([FRONT_PREVIEW.to_owned()]) {
            // a new chapter has no picture until `make pictures` makes one
            let own = Some(pictures.join(&name)).filter(|own| own.is_file());
            fs::copy(own.unwrap_or_else(|| pictures.join(FRONT_PREVIEW)), built.join(&name))?;
        }
        let recorded = built.join("recorded");
        fs::create_dir_all(&recorded)?;
        for file in fs::read_dir(root.join(recorded::FOLDER))? {
            let file = file?;
            fs::copy(file.path(), recorded.join(file.file_name()))?;
        }
        for file in fs::read_dir(built)? {
            let page = file?.path();
            if page.extension().is_some_and(|ending| ending == "html") {
                let html = common(&fs::read_to_string(&page)?);
                let html = html.replace(PREVIEW, &(escaped(host) + FRONT_PREVIEW));
                fs::write(page, html.replace(CONTENTS, &contents(&self.chapters, "")))?;
            }
        }
        headers.write(built)
    }
}

fn file(root: &Path, path: &str) -> Result<String, FileProblem> {
    let at: PathBuf = root.join(path);
    let problem = |error: io::Error| FileProblem { file: path.into(), line: 1, what: error.to_string() };
    fs::read_to_string(at).map_err(problem)
}

/// A text with HTML's reserved characters escaped.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    pulldown_cmark_escape::escape_html(&mut safe, text).expect("a text takes all that is written");
    safe
}
