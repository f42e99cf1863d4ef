//! A chapter's page: its text in the frame that all pages share.

use std::path::PathBuf;

use crate::{Book, Chapter, FRONT_PREVIEW, FrontMatter, escaped};

/// A page, and the folder whose index it is.
pub(crate) struct BookPage {
    pub path: PathBuf,
    pub html: String,
}

/// The glossary's folder.
const GLOSSARY: &str = "glossary";
/// The folder of the sheet of guesses.
const SHEET: &str = "sheet";
/// The folder of the page about licences.
const LICENCES: &str = "licences";

/// All pages of a book; `licences` is the content of the page about licences.
pub(crate) fn pages(book: &Book, frame: &str, host: &str, licences: &str) -> Vec<BookPage> {
    let chapters = &book.chapters;
    let chapter = |(at, chapter): (usize, &Chapter)| {
        let next = chapters.get(at + 1);
        let around = Around {
            root: "../../",
            host,
            previous: at.checked_sub(1).and_then(|before| chapters.get(before)),
            next,
            here: Some(&chapter.name),
        };
        let main = format!("<h1>{}</h1>\n{}{}", escaped(&chapter.front.title), chapter.html, onwards(next));
        BookPage {
            path: PathBuf::from("chapters").join(&chapter.name),
            html: around.fill(frame, chapters, &chapter.front, &main),
        }
    };
    // a separate page beside the chapters
    let beside = |folder: &str, front: FrontMatter, main: &str| {
        let around = Around { root: "../", host, previous: None, next: None, here: None };
        BookPage { path: folder.into(), html: around.fill(frame, chapters, &front, main) }
    };
    let glossary = FrontMatter {
        title: "What the words mean".into(),
        short: "Words".into(),
        description: "The words that Lanes uses in a sense of their own, each explained once.".into(),
    };
    let sheet = FrontMatter {
        title: "What I believed, and what was measured".into(),
        short: "My guesses".into(),
        description: "The guesses made on this device, beside what runs on it came to.".into(),
    };
    let guesses = "<h1>What I believed, and what was measured</h1>\n<div class=\"sheet-of-guesses\" data-place=\"guesses\">\
                   <p class=\"still\">Guesses are kept on your device, and shown by JavaScript.</p></div>\n";
    let made_of = FrontMatter {
        title: "What Lanes is made of".into(),
        short: "Licences".into(),
        description: "The code of others that is in Lanes, with its licences.".into(),
    };
    let others =
        [beside(GLOSSARY, glossary, &words(book)), beside(SHEET, sheet, guesses), beside(LICENCES, made_of, licences)];
    chapters.iter().enumerate().map(chapter).chain(others).collect()
}

/// The surroundings of a page.
struct Around<'a> {
    /// The relative path to the front page.
    root: &'a str,
    /// The address at which the front page will be available; empty where that is not known.
    host: &'a str,
    previous: Option<&'a Chapter>,
    next: Option<&'a Chapter>,
    /// The name of its chapter; `None` for other pages.
    here: Option<&'a str>,
}

impl Around<'_> {
    /// The frame with everything filled in.
    fn fill(&self, frame: &str, chapters: &[Chapter], front: &FrontMatter, main: &str) -> String {
        let root = self.root;
        let step = |chapter: Option<&Chapter>, rel: &str, arrow: [&str; 2]| {
            let [before, after] = arrow;
            chapter.map_or_else(String::new, |Chapter { name, front, .. }| {
                let (title, short) = (escaped(&front.title), escaped(&front.short));
                format!(
                    "<a rel=\"{rel}\" id=\"{rel}-chapter\" href=\"{root}chapters/{name}/\" title=\"{title}\">{before}{short}{after}</a>"
                )
            })
        };
        let list = list(chapters, root, self.here);
        let own = chapters.iter().find(|chapter| self.here == Some(&chapter.name));
        let picture = own.map_or_else(|| FRONT_PREVIEW.to_owned(), Chapter::preview);
        let preview = escaped(if self.host.is_empty() { root } else { self.host }) + &picture;
        [
            ("title", escaped(&front.title)),
            ("description", escaped(&front.description)),
            ("previous", step(self.previous, "prev", ["&lt; ", ""])),
            ("next", step(self.next, "next", ["", " &gt;"])),
            ("contents", list),
            ("chapter", self.here.unwrap_or_default().to_owned()),
            ("preview", preview),
            ("root", root.to_owned()),
            ("main", main.to_owned()), // last: a text may contain what looks like a placeholder
        ]
        .iter()
        .fold(frame.to_owned(), |html, (place, what)| html.replace(&format!("{{{{{place}}}}}"), what))
    }
}

/// The link to the next chapter, at the end of a chapter.
fn onwards(next: Option<&Chapter>) -> String {
    next.map_or_else(String::new, |Chapter { name, front, .. }| {
        format!("<p class=\"onwards\">Next: <a href=\"../{name}/\">{}</a></p>\n", escaped(&front.title))
    })
}

/// The chapters as a list of questions; `root` is the relative path to the front page.
fn list(chapters: &[Chapter], root: &str, here: Option<&str>) -> String {
    let item = |Chapter { name, front, .. }: &Chapter| {
        let current = if here == Some(name) { " aria-current=\"page\"" } else { "" };
        format!(
            "<li><a href=\"{root}chapters/{name}/\"{current}>{}</a> <span class=\"come\" data-come=\"{name}\"></span></li>\n",
            escaped(&front.title)
        )
    };
    format!("<ol>\n{}</ol>", chapters.iter().map(item).collect::<String>())
}

/// The list of chapters for the front page.
pub fn contents(chapters: &[Chapter], root: &str) -> String {
    let heading = "<h2 id=\"chapters-heading\">Questions, each with experiments that answer it on your CPU</h2>";
    let list = list(chapters, root, None);
    format!("<nav class=\"chapters\" lang=\"en\" aria-labelledby=\"chapters-heading\">\n{heading}\n{list}\n</nav>")
}

/// The content of the glossary's page.
fn words(book: &Book) -> String {
    let entry = |entry: &crate::glossary::GlossaryWord| {
        format!("<dt id=\"{}\">{}</dt>\n<dd>{}</dd>\n", entry.id(), escaped(&entry.forms[0]), entry.meaning)
    };
    let entries = book.glossary.entries.iter().map(entry).collect::<String>();
    format!("<h1>What the words mean</h1>\n<dl class=\"glossary\">\n{entries}</dl>\n")
}
