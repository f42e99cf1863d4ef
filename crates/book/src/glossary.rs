//! The words that the texts use in a special sense, each explained once. In every text, each word is a link at its
//! first occurrence.
//!
//! The file is Markdown: a second-level heading for each word (`## lane, lanes`: its forms), followed by its meaning.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::FileProblem;

/// All words.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The words, in the order of the file.
    pub entries: Vec<GlossaryWord>,
}

/// A word.
#[derive(Debug)]
pub struct GlossaryWord {
    /// Its forms; the glossary lists it by the first.
    pub forms: Vec<String>,
    /// What it means, as HTML.
    pub meaning: String,
}

impl GlossaryWord {
    /// Its anchor on the glossary's page.
    pub fn id(&self) -> String {
        self.forms[0].to_lowercase().replace(' ', "-")
    }
}

impl Glossary {
    /// Reads the glossary from a file's text.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<FileProblem>> {
        let (mut entries, mut problems) = (Vec::<GlossaryWord>::new(), Vec::new());
        let (mut heading, mut body) = (None::<String>, Vec::new());
        for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                    end(&mut entries, &mut body);
                    heading = Some(String::new());
                }
                Event::End(TagEnd::Heading(HeadingLevel::H2)) => {
                    let forms = heading.take().unwrap_or_default();
                    let forms: Vec<_> = forms.split(',').map(|form| form.trim().to_owned()).collect();
                    if forms.iter().any(String::is_empty) {
                        let line = text[..range.start].lines().count() + 1;
                        problems.push(FileProblem { file: file.into(), line, what: "a word without letters".into() });
                    }
                    entries.push(GlossaryWord { forms, meaning: String::new() });
                }
                Event::Text(text) if heading.is_some() => heading.iter_mut().for_each(|heading| *heading += &text),
                other => body.push(other),
            }
        }
        end(&mut entries, &mut body);
        if problems.is_empty() { Ok(Self { entries }) } else { Err(problems) }
    }

    /// The first word of the glossary in a text: where it begins and ends, and its place in the glossary. Words in
    /// `known` are skipped.
    pub(crate) fn first(&self, text: &str, known: &[usize]) -> Option<(usize, usize, usize)> {
        let unknown = self.entries.iter().enumerate().filter(|(at, _)| !known.contains(at));
        let places = unknown.flat_map(|(at, entry)| {
            entry.forms.iter().filter_map(move |form| Some((place(text, form)?, form.len(), at)))
        });
        // the longest of the words that begin first: "event loop" rather than "event"
        let first = places.min_by_key(|(begin, length, _)| (*begin, usize::MAX - length));
        first.map(|(begin, length, at)| (begin, begin + length, at))
    }
}

/// Stores what was read since the last heading as the meaning of its word. Text before the first heading is for
/// authors.
fn end(entries: &mut [GlossaryWord], body: &mut Vec<Event<'_>>) {
    let mut meaning = String::new();
    html::push_html(&mut meaning, body.drain(..));
    if let Some(entry) = entries.last_mut() {
        entry.meaning = meaning;
    }
}

/// The place of `form` in `text` as a separate word. The match is case-sensitive, so names and the first words of
/// sentences are skipped.
fn place(text: &str, form: &str) -> Option<usize> {
    let alone = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + form.len()..].chars().next();
        let part = |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || next == '-' || next == '_');
        !part(before) && !part(after)
    };
    text.match_indices(form).map(|(at, _)| at).find(|at| alone(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_alone() {
        let file = "For writers.\n\n## event loop, event loops\nRuns *tasks*.\n\n## task, tasks\nA chain.\n";
        let glossary = Glossary::read("g.md", file).expect("it is one");
        assert_eq!(glossary.entries[0].meaning, "<p>Runs <em>tasks</em>.</p>\n");
        let text = "Multitask: event loops run a task. Task.";
        assert_eq!(glossary.first(text, &[]), Some((11, 22, 0)));
        assert_eq!(glossary.first(text, &[0]), Some((29, 33, 1)));
        assert_eq!(glossary.first(text, &[0, 1]), None);
    }
}
