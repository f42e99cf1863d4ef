//! How the page looks and starts: no part of what is run, though it stands in the same URL.

use super::values::{SWITCH, choice, illegal, word};
use super::{Legal, Problem};

/// The keys of the settings.
pub const KEYS: [&str; 6] = ["view", "theme", "lang", "chapter", "autorun", "fresh"];
/// Keys that are reserved for later. No workload and no strategy may use one; for now they change nothing.
pub const RESERVED: [&str; 7] = ["controls", "runtime", "code", "predict", "fallback", "loading", "sw"];

/// The most characters that the name of a chapter, or of a language, may have.
const NAME_LENGTH: usize = 64;

/// How much of the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Everything.
    #[default]
    Full,
    /// One experiment, to be framed in a slide.
    Embed,
}

/// Which colours the page takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The system's choice.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How the page looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// How much of the page is shown.
    pub view: View,
    /// Which colours the page takes.
    pub theme: Theme,
    /// The language of its words, as a tag of BCP 47; the default language if `None`.
    pub lang: Option<String>,
    /// The chapter of the story that the page is at: lower case, digits and hyphens.
    pub chapter: Option<String>,
    /// Whether the experiment runs as soon as the page is ready and seen.
    pub autorun: bool,
    /// Whether what this device keeps of earlier visits is forgotten, as for a class.
    pub fresh: bool,
}

/// `theme`.
const THEMES: [(&str, Theme); 3] = [("auto", Theme::Auto), ("light", Theme::Light), ("dark", Theme::Dark)];
/// `view`.
const VIEWS: [(&str, View); 2] = [("full", View::Full), ("embed", View::Embed)];

impl Theme {
    /// Its word in the URL.
    pub fn word(self) -> &'static str {
        word(&THEMES, self)
    }

    /// The theme after this one, where a visitor switches from one to the next.
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

impl View {
    /// Its word in the URL.
    pub fn word(self) -> &'static str {
        word(&VIEWS, self)
    }
}

impl Settings {
    /// Sets the setting of this key; `None` if the key is not a setting's.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Option<Result<(), Problem>> {
        Some(match key {
            "theme" => choice("theme", value, &THEMES).map(|theme| self.theme = theme),
            "view" => choice("view", value, &VIEWS).map(|view| self.view = view),
            "autorun" => choice("autorun", value, &SWITCH).map(|autorun| self.autorun = autorun),
            "fresh" => choice("fresh", value, &SWITCH).map(|fresh| self.fresh = fresh),
            "chapter" => name("chapter", value, Legal::Chapter(NAME_LENGTH)).map(|name| self.chapter = Some(name)),
            "lang" => name("lang", value, Legal::Language).map(|name| self.lang = Some(name)),
            _ if RESERVED.contains(&key) => Ok(()),
            _ => return None,
        })
    }

    /// Takes the view, the theme and the chapter from `other` if `pairs`, from which it was made, set them; takes
    /// `autorun` always. The rest stays.
    pub fn take(&mut self, other: &Self, pairs: &[(String, String)]) {
        let said = |key: &str| pairs.iter().any(|(known, _)| known == key);
        if said("view") {
            self.view = other.view;
        }
        if said("theme") {
            self.theme = other.theme;
        }
        if said("chapter") {
            self.chapter.clone_from(&other.chapter);
        }
        self.autorun = other.autorun;
    }

    /// Every setting that differs from the default, as the URL would say it, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let told = [
            self.autorun.then(|| ("autorun", word(&SWITCH, true).to_owned())),
            self.fresh.then(|| ("fresh", word(&SWITCH, true).to_owned())),
            (self.theme != usual.theme).then(|| ("theme", self.theme.word().to_owned())),
            (self.view != usual.view).then(|| ("view", self.view.word().to_owned())),
            self.chapter.clone().map(|chapter| ("chapter", chapter)),
            self.lang.clone().map(|lang| ("lang", lang)),
        ];
        told.into_iter().flatten().collect()
    }
}

fn name(key: &'static str, value: &str, legal: Legal) -> Result<String, Problem> {
    let upper = matches!(legal, Legal::Language);
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || (upper && byte.is_ascii_uppercase())
    };
    let fits = (1..=NAME_LENGTH).contains(&value.len()) && value.bytes().all(plain);
    if fits { Ok(value.into()) } else { Err(illegal(key, value, legal)) }
}
