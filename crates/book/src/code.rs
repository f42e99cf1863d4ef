//! Code, coloured by CSS classes, because the page's policy allows no inline style.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// The languages that can be coloured; unpacking them takes a moment.
static LANGUAGES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Classes are `c-` and the kind of the token (`c-keyword`, `c-string`).
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "c-" };

/// Code in the language of this name (`python`, `rust`, `text`) as HTML.
///
/// # Errors
/// If the language is not known.
pub(crate) fn coloured(code: &str, language: &str) -> Result<String, String> {
    let syntax = match language {
        "" | "text" => LANGUAGES.find_syntax_plain_text(),
        _ => LANGUAGES.find_syntax_by_token(language).ok_or_else(|| format!("no code is coloured as {language:?}"))?,
    };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &LANGUAGES, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).map_err(|error| error.to_string())?;
    }
    let html = generator.finalize();
    Ok(format!("<pre class=\"code\" tabindex=\"0\"><code>{html}</code></pre>\n"))
}
