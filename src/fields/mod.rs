//! Native fields, and tables, that more than one part of the page has.

mod file_button;
mod save_button;
mod slider;
mod table;
mod typed;

pub use file_button::FileButton;
pub use save_button::SaveButton;
pub use slider::Slider;
pub use table::TableView;
pub use typed::{AsText, Typed, decimals, whole_numbers};
