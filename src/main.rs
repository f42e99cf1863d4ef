//! The one binary. On a page it starts the page; in a worker it waits to be told its role (`worker::role::serve_as`).

mod app;
mod broken;
mod browser;
mod controls;
mod decide;
mod deck;
mod drawing;
mod fields;
mod keyboard;
mod lanes;
mod link;
mod player;
mod questions;
mod results;
mod scale;
mod state;
mod translated;
mod worker;

fn main() {
    app::start();
}
