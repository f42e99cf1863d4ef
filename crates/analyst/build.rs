//! Marks the build: a digest of all sources that the messages between page and analyst are made of.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Paths relative to this crate's folder.
const SOURCES: [&str; 4] = ["../../crates", "../../strategies/src", "../../workloads/src", "../../Cargo.lock"];

fn main() {
    let mut files = BTreeSet::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files);
    }
    let mut digest = DefaultHasher::new();
    for file in files {
        file.hash(&mut digest);
        fs::read(&file).expect("it was there a moment ago").hash(&mut digest);
    }
    println!("cargo::rustc-env=LANES_BUILD={:016x}", digest.finish());
}

fn collect(place: &Path, files: &mut BTreeSet<PathBuf>) {
    if !place.is_dir() {
        files.insert(place.to_owned());
        return;
    }
    for entry in fs::read_dir(place).expect("the tree can be read").flatten() {
        collect(&entry.path(), files);
    }
}
