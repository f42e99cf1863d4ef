//! What page and analyst send each other: the sender's build, then the content as postcard encodes it.
//!
//! A host may serve a newer analyst than the page that is open, and such an analyst could misread a message without
//! failing.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A digest of the sources that this was built from: it differs whenever the text of a crate that messages are made of
/// does.
const BUILD: &str = env!("LANES_BUILD");

/// A message with this content.
///
/// # Panics
/// If the content cannot be serialized.
pub fn write(content: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(content, BUILD.as_bytes().to_vec()).expect("what is asked and answered is plain data")
}

/// The content of a message; `None` if its sender is of another build.
pub fn read<T: DeserializeOwned>(message: &[u8]) -> Option<T> {
    postcard::from_bytes(message.strip_prefix(BUILD.as_bytes())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_of_one_build() {
        let message = write(&(1_u32, "two"));
        assert_eq!(read(&message), Some((1_u32, "two".to_owned())));
        for at in 0..BUILD.len() {
            let mut other = message.clone();
            other[at] ^= 1;
            assert_eq!(read::<(u32, String)>(&other), None);
        }
        assert_eq!(read::<u32>(&[]), None);
    }
}
