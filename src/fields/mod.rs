//! Native fields that more than one part of the page has.

mod file_button;
mod save_button;
mod slider;

pub use file_button::FileButton;
pub use save_button::SaveButton;
pub use slider::Slider;
