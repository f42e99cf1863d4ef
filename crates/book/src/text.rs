//! A chapter's text: Markdown with embedded parts, checked and converted to HTML.
//!
//! ```text
//! +++                             the front: TOML between lines of three plus signs
//! title = "..."                   the question that the chapter answers
//! short = "..."                   the same in two or three words, for the way there
//! description = "..."             one or two sentences, for those who find the page elsewhere
//! +++
//! Text with [links](chapter:gil), `code`, tables, and fenced blocks: `lab` and `ask` are parts,
//! `recorded` a recording, `scale` what takes how long, `code` a program that lies beside the text, all else is code.
//! ```
//!
//! Links lead to a chapter (`chapter:gil`), into the lab (`lab:workload=primes`), to a recording or its script
//! (`recorded:experiment.py`), to a heading here (`#its-words`), or out
//! (`https://...`).

use std::ops::Range;
use std::path::Path;

use form_urlencoded::parse;
use lab::experiment::{self, ClaimedCores};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use serde::Deserialize;

use crate::{FileProblem, Glossary, LabBlock, code, escaped, part, recorded, scale};

/// A chapter.
#[derive(Debug)]
pub struct Chapter {
    /// Its name, which is that of its folder.
    pub name: String,
    /// What is said about it elsewhere.
    pub front: FrontMatter,
    /// Its text.
    pub html: String,
    /// What it embeds, in the text's order.
    pub parts: Vec<LabBlock>,
}

/// What is said about a chapter on other pages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// The question that it answers.
    pub title: String,
    /// The same in two or three words.
    pub short: String,
    /// A description of one or two sentences.
    pub description: String,
}

/// Where a text comes from, and what it may refer to.
pub(crate) struct TextSource<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub name: &'a str,
    pub names: &'a [String],
    pub glossary: &'a Glossary,
    pub root: &'a Path,
}

/// A listing: a program that lies beside the text, and is run by a test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    file: String,
}

/// The state while a text is read.
struct Reading<'a> {
    source: &'a TextSource<'a>,
    problems: Vec<FileProblem>,
    /// The anchors of headings, and the anchors that links want with the byte at which each link stands.
    places: Vec<String>,
    wanted: Vec<(String, usize)>,
    /// The words of the glossary that have been linked already, by their place in it.
    explained: Vec<usize>,
    parts: Vec<LabBlock>,
}

impl Chapter {
    /// The file of its preview picture, for shared links.
    pub(crate) fn preview(&self) -> String {
        format!("preview-{}.png", self.name)
    }

    /// Reads and checks a text.
    ///
    /// # Errors
    /// Everything that is wrong with the text.
    pub(crate) fn read(source: &TextSource) -> Result<Self, Vec<FileProblem>> {
        let options = Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS | Options::ENABLE_TABLES;
        let events: Vec<_> = Parser::new_ext(source.text, options).into_offset_iter().collect();
        let mut reading = Reading {
            source,
            problems: Vec::new(),
            places: Vec::new(),
            wanted: Vec::new(),
            explained: Vec::new(),
            parts: Vec::new(),
        };
        let (front, written) = reading.read(events);
        for (place, at) in std::mem::take(&mut reading.wanted) {
            if !reading.places.contains(&place) {
                reading.wrong(at, format!("no heading here is #{place}; there are {}", reading.places.join(", ")));
            }
        }
        let mut text = String::new();
        html::push_html(&mut text, written.into_iter());
        match front {
            Some(front) if reading.problems.is_empty() => {
                Ok(Self { name: source.name.into(), front, html: text, parts: reading.parts })
            }
            _ => Err(reading.problems),
        }
    }
}

impl<'a> Reading<'a> {
    /// Records something that is wrong at this byte of the text.
    fn wrong(&mut self, at: usize, what: String) {
        let line = self.source.text[..at].matches('\n').count() + 1;
        self.problems.push(FileProblem { file: self.source.file.into(), line, what });
    }

    fn read(&mut self, events: Vec<(Event<'a>, Range<usize>)>) -> (Option<FrontMatter>, Vec<Event<'a>>) {
        let (mut front, mut written) = (None, Vec::new());
        let mut plain = 0; // nesting depth in elements whose words are not linked
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::MetadataBlock(_)) => {
                    let (toml, at) = self.inside(&mut events);
                    front = self.front(&toml, at.unwrap_or(range.start));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let (inside, at) = self.inside(&mut events);
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info,
                        CodeBlockKind::Indented => CowStr::Borrowed(""),
                    };
                    written.push(Event::Html(self.block(&info, &inside, at.unwrap_or(range.start)).into()));
                }
                Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                    plain += 1;
                    if level == HeadingLevel::H1 {
                        self.wrong(range.start, "the page's title is in the front; headings here begin with ##".into());
                    }
                    let place = slug(&self.source.text[range]);
                    self.places.push(place.clone());
                    written.push(Event::Start(Tag::Heading { level, id: Some(place.into()), classes, attrs }));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    plain += 1;
                    let dest_url = self.link(&dest_url, link_type, range.start).into();
                    written.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
                Event::End(end @ (TagEnd::Heading(_) | TagEnd::Link)) => {
                    plain -= 1;
                    written.push(Event::End(end));
                }
                Event::Start(Tag::Image { .. }) => {
                    self.wrong(range.start, "pictures are drawn by labs, and there are no others here".into());
                }
                Event::Html(_) | Event::InlineHtml(_) => {
                    self.wrong(range.start, "HTML is nothing for a text: use Markdown, or a part".into());
                }
                Event::Text(text) if plain == 0 => self.explain(&text, &mut written),
                // a table scrolls on its own where the page is narrow
                Event::Start(table @ Tag::Table(_)) => {
                    let scroll = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n";
                    written.extend([Event::Html(scroll.into()), Event::Start(table)]);
                }
                Event::End(TagEnd::Table) => {
                    written.extend([Event::End(TagEnd::Table), Event::Html("</div>\n".into())]);
                }
                other => written.push(other),
            }
        }
        if front.is_none() && self.problems.is_empty() {
            self.wrong(0, "the front is missing: title, short and description, between lines of +++".into());
        }
        (front, written)
    }

    /// The text in a block up to its end, and the byte at which it begins; `None` if it is empty.
    fn inside(&self, events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>) -> (String, Option<usize>) {
        let (mut inside, mut begin) = (String::new(), None);
        for (event, range) in events.by_ref() {
            match event {
                Event::Text(text) => {
                    inside += &text;
                    begin = begin.or(Some(range.start));
                }
                Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => break,
                _ => {}
            }
        }
        (inside, begin)
    }

    fn front(&mut self, toml: &str, at: usize) -> Option<FrontMatter> {
        match toml::from_str::<FrontMatter>(toml) {
            Ok(front) => {
                for (key, text) in
                    [("title", &front.title), ("short", &front.short), ("description", &front.description)]
                {
                    if text.trim().is_empty() {
                        self.wrong(at, format!("`{key}` is empty"));
                    }
                }
                Some(front)
            }
            Err(error) => {
                self.wrong(at + error.span().map_or(0, |span| span.start), error.message().to_owned());
                None
            }
        }
    }

    fn block(&mut self, info: &str, inside: &str, at: usize) -> String {
        let name = info.split_whitespace().next().unwrap_or_default();
        let done = match part::PARTS.contains(&name) {
            true => part::read(name, inside).map(|part| {
                let html = part.html();
                self.parts.push(part);
                html
            }),
            false if name == "recorded" => toml::from_str(inside)
                .map_err(|error| (error.span(), error.message().to_owned()))
                .and_then(|recorded| recorded::html(&recorded, self.source.root).map_err(|what| (None, what))),
            false if name == "costs" => toml::from_str::<part::CostsPart>(inside)
                .map_err(|error| (error.span(), error.message().to_owned()))
                .map(|costs| costs.html()),
            false if name == "scale" => scale::html(inside),
            false if name == "decide" => toml::from_str::<part::DecidePart>(inside)
                .map_err(|error| (error.span(), error.message().to_owned()))
                .map(|decide| decide.html()),
            false if name == "code" => toml::from_str::<Listing>(inside)
                .map_err(|error| (error.span(), error.message().to_owned()))
                .and_then(|listing| self.listing(&listing).map_err(|what| (None, what))),
            false => code::coloured(inside, name).map_err(|what| (None, what)),
        };
        done.unwrap_or_else(|(span, what)| {
            self.wrong(at + span.map_or(0, |span| span.start), what);
            String::new()
        })
    }

    /// A file of the chapter as highlighted code.
    fn listing(&self, Listing { file }: &Listing) -> Result<String, String> {
        let path = Path::new("chapters").join(self.source.name).join(file);
        let code = std::fs::read_to_string(self.source.root.join(&path))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        code::coloured(&code, path.extension().and_then(|ending| ending.to_str()).unwrap_or_default())
    }

    /// The address of a link, as seen from this chapter's page. A link that leads nowhere is recorded as a problem.
    fn link(&mut self, to: &str, kind: LinkType, at: usize) -> String {
        if kind == LinkType::Autolink || to.starts_with("https://") {
            return to.into();
        }
        if let Some(place) = to.strip_prefix('#') {
            self.wanted.push((place.into(), at));
            return to.into();
        }
        if let Some(name) = to.strip_prefix("chapter:") {
            let known = self.source.names.iter().any(|known| known == name);
            if !known {
                self.wrong(at, format!("there is no chapter {name:?}; there are {}", self.source.names.join(", ")));
            }
            return format!("../{name}/");
        }
        if let Some(name) = to.strip_prefix("recorded:") {
            let there = self.source.root.join(recorded::FOLDER).join(name).is_file();
            if !there {
                self.wrong(at, format!("there is no {name:?} in {}", recorded::FOLDER));
            }
            return format!("../../recorded/{name}");
        }
        if let Some(query) = to.strip_prefix("lab:") {
            let pairs = parse(query.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned()));
            let (.., problems) = experiment::parse(pairs, ClaimedCores(1));
            problems.iter().for_each(|problem| self.wrong(at, words::problem(problem)));
            return format!("../../?{query}");
        }
        self.wrong(
            at,
            format!("{to:?} leads nowhere; legal: chapter:NAME, lab:QUERY, recorded:FILE, #heading, https://..."),
        );
        String::new()
    }

    /// Writes a stretch of text, in which words of the glossary become links at their first occurrence.
    fn explain(&mut self, text: &str, written: &mut Vec<Event<'a>>) {
        let tied = tied(text);
        let mut rest = &*tied;
        while let Some((begin, end, entry)) = self.source.glossary.first(rest, &self.explained) {
            self.explained.push(entry);
            let word = escaped(&rest[begin..end]);
            let link = format!(
                "<a class=\"word\" href=\"../../glossary/#{}\">{word}</a>",
                self.source.glossary.entries[entry].id()
            );
            written.push(Event::Text(rest[..begin].to_owned().into()));
            written.push(Event::InlineHtml(link.into()));
            rest = &rest[end..];
        }
        written.push(Event::Text(rest.to_owned().into()));
    }
}

/// Units that stay on the same line as their number.
const UNITS: [&str; 10] = ["s", "ms", "µs", "ns", "kB", "MB", "GB", "KiB", "MiB", "GiB"];

/// Operators that stay on the same line as their neighbours, where they stand between spaces.
const OPERATORS: [&str; 5] = ["+", "−", "/", "=", "×"];

/// A text with no-break spaces between numbers and their units, and within formulas.
pub(crate) fn tied(text: &str) -> String {
    let is_unit = |word: &str| UNITS.contains(&word.trim_end_matches(|letter: char| !letter.is_alphanumeric()));
    let ends_in_digit = |word: &str| word.ends_with(|letter: char| letter.is_ascii_digit());
    let mut tied = String::new();
    let mut before = "";
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            let formula = [before, word].iter().any(|word| OPERATORS.contains(word));
            let tie = formula || is_unit(word) && ends_in_digit(before);
            tied.push(if tie { '\u{a0}' } else { ' ' });
        }
        tied += word;
        before = word;
    }
    tied
}

/// The anchor of a heading: its words in lower case, with hyphens between them.
fn slug(heading: &str) -> String {
    let words = heading.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_nowhere_between_a_number_and_its_unit() {
        assert_eq!(tied("it takes 40 ms, or 1.5 s."), "it takes 40\u{a0}ms, or 1.5\u{a0}s.");
        for apart in ["15 requests", "room 4 so", "a few ms", "4  s", " 4 "] {
            assert_eq!(tied(apart), apart);
        }
    }

    #[test]
    fn a_line_ends_nowhere_within_a_formula() {
        assert_eq!(
            tied("are 1 / (s + (1 − s) / p) times"),
            "are 1\u{a0}/\u{a0}(s\u{a0}+\u{a0}(1\u{a0}−\u{a0}s)\u{a0}/\u{a0}p) times"
        );
        assert_eq!(tied("and/or so"), "and/or so");
    }
}
