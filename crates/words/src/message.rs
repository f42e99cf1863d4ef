//! A text of the page: its key, by which another language finds it, and its English.

use super::catalogue;
use super::pattern::{Arg, fill};

/// A text of the page, with names in braces where something is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Its key in the files of other languages: the name of its constant.
    pub key: &'static str,
    /// The English pattern.
    pub english: &'static str,
}

impl Message {
    /// The text of a message that has nothing to fill in.
    pub fn text(self) -> String {
        self.with(&[])
    }

    /// The text with these arguments.
    pub fn with(self, args: &[(&str, Arg)]) -> String {
        let arg = |name: &str| args.iter().find(|(known, _)| *known == name).map(|(_, arg)| arg.clone());
        catalogue::pattern(self.key, self.english, |pattern| fill(pattern, &arg))
    }
}

/// Declares messages, and a list of them all.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $english:expr;)*) => {
        $($(#[$doc])* #[doc = $english] pub const $name: $crate::Message =
            $crate::Message { key: stringify!($name), english: $english };)*
        /// Every message here.
        pub const ALL: &[$crate::Message] = &[$($name),*];
    };
}
pub(crate) use messages;
