//! What page and analyst send each other: the build that the sender is of, then what postcard makes of what it says.
//!
//! A host may have a newer analyst than the page that is open, and what that one would read might make sense.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Of which sources this was built: another for any other text of the crates that messages are made of.
const BUILD: &str = env!("LANES_BUILD");

/// A message that says this.
///
/// # Panics
/// When it is no plain data.
pub fn write(content: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(content, BUILD.as_bytes().to_vec()).expect("what is asked and answered is plain data")
}

/// What a message says; `None` if its sender is of another build.
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
