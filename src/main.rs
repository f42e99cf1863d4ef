//! The one binary. On a page it starts the page; in a worker it waits to be told its role (`platform::serve_as`).

fn main() {
    #[cfg(all(target_arch = "wasm32", feature = "page"))]
    lanes::ui::start();
    #[cfg(not(all(target_arch = "wasm32", feature = "page")))]
    eprintln!("Lanes is a web page: `make serve` builds and serves it.");
}
