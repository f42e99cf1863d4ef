//! The peers' files: most are in `benches/peers`; one is built here in the same way as the page itself.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root folder of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the peers.
pub fn folder() -> PathBuf {
    root().join("benches/peers")
}

/// Builds the peer that is written in Rust, with the page's compiler, flags and dependencies, and returns its folder.
///
/// # Panics
/// When it cannot be built.
pub fn build() -> PathBuf {
    let source = folder().join("naive-rayon");
    // the same versions as the page's: that of wasm-bindgen has to be the installed one
    fs::copy(root().join("Cargo.lock"), source.join("Cargo.lock")).expect("the page has a lock file");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let built = target.join("peers/naive-rayon");
    fs::create_dir_all(&built).expect("the target folder can be written");
    let mut trunk = Command::new("trunk");
    trunk.args(["build", "--release", "--dist"]).arg(&built).current_dir(source).env("CARGO_TARGET_DIR", target);
    // `cargo +stable run` sets the compiler of its children through these variables, and the page needs another one
    trunk.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let status = trunk.status().expect("trunk is installed; `make setup` does it");
    assert!(status.success(), "the peer in Rust does not build");
    built
}
