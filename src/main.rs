//! The one binary. On a page it starts the page; in a worker it waits to be told its role (`platform::serve_as`).

fn main() {
    #[cfg(target_arch = "wasm32")]
    lanes::ui::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("Lanes is a web page: `make serve` builds and serves it.");
}
