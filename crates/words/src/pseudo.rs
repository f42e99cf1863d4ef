//! A pseudo-language: English with accents, two fifths longer, in brackets. A text on the page that is not in brackets
//! does not come from this crate, and a text that does not fit in it will not fit in German.

use super::pattern::{PatternPiece, pieces};

/// The pseudo-language's pattern for an English one. The names in braces stay.
pub fn pseudo(english: &str) -> String {
    let told = pieces(english).into_iter().map(|piece| match piece {
        PatternPiece::Plain(text) => accented(text),
        PatternPiece::Name(name) => format!("{{{name}}}"),
        PatternPiece::Choice { name, one, many } => format!("{{{name}?{}:{}}}", accented(one), accented(many)),
    });
    format!("[{}]", told.collect::<String>())
}

/// Vowels are doubled: in English they are about two fifths of the letters.
fn accented(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let (accented, times) = match letter {
                'a' => ('á', 2),
                'e' => ('é', 2),
                'i' => ('í', 2),
                'o' => ('ó', 2),
                'u' => ('ü', 2),
                'y' => ('ý', 2),
                'A' => ('Å', 2),
                'E' => ('É', 2),
                'I' => ('Í', 2),
                'O' => ('Ö', 2),
                'U' => ('Ü', 2),
                'c' => ('ç', 1),
                'n' => ('ñ', 1),
                's' => ('š', 1),
                'z' => ('ž', 1),
                'C' => ('Ç', 1),
                'N' => ('Ñ', 1),
                'S' => ('Š', 1),
                other => (other, 1),
            };
            std::iter::repeat_n(accented, times)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_letters_do_not() {
        assert_eq!(pseudo("Run {n} {n?time:times}."), "[Rüüñ {n} {n?tíímééš:tíímééš}.]".replace("tíímééš:", "tííméé:"));
    }

    #[test]
    fn texts_become_two_fifths_longer() {
        let texts = super::super::every_text();
        let [before, after] = [0, 1].map(|side| {
            texts
                .values()
                .map(|text| if side == 0 { text.chars().count() } else { pseudo(text).chars().count() })
                .sum::<usize>()
        });
        let longer = after as f64 / before as f64;
        assert!((1.25..1.6).contains(&longer), "{longer}");
    }
}
