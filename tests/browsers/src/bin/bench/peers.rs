//! The peers' files: most lie in `benches/peers`, one is built here as the page itself is built.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where the peers are.
pub fn folder() -> PathBuf {
    root().join("benches/peers")
}

/// Builds the peer that is written in Rust, with the page's compiler, flags and dependencies, and says where it is.
///
/// # Panics
/// When it cannot be built.
pub fn build() -> PathBuf {
    let source = folder().join("naive-rayon");
    // the same versions, of which one has to be that of the installed wasm-bindgen
    fs::copy(root().join("Cargo.lock"), source.join("Cargo.lock")).expect("the page has a lock file");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let built = target.join("peers/naive-rayon");
    fs::create_dir_all(&built).expect("the target folder can be written");
    let mut trunk = Command::new("trunk");
    trunk.args(["build", "--release", "--dist"]).arg(&built).current_dir(source).env("CARGO_TARGET_DIR", target);
    // `cargo +stable run` says which compiler its children take, and the page's is another
    trunk.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    let status = trunk.status().expect("trunk is installed; `make setup` does it");
    assert!(status.success(), "the peer in Rust does not build");
    built
}
