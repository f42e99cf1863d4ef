//! The results so far, on disk: an interrupted measurement continues where it stopped.
//!
//! One line of JSON for each result, under a key that says only what was measured
//! (`claims/two-cores/Chromium/primes/3`), so that the result is found again whatever else changed meanwhile. The first
//! segment of a key is the part that was named on the command line. Once parts are complete, their lines are moved to
//! another file: the next time they are measured anew.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The results so far.
pub struct Progress {
    folder: PathBuf,
    done: RefCell<BTreeMap<String, Value>>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    key: String,
    value: Value,
}

impl Progress {
    /// Reads the results of an interrupted measurement, or drops them if `anew`.
    pub fn open(anew: bool) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/honesty");
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let progress = Self { folder, done: RefCell::default() };
        if !anew {
            let text = fs::read_to_string(progress.file()).unwrap_or_default();
            // the last line may have been cut
            let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
            progress.done.borrow_mut().extend(lines.map(|Line { key, value }| (key, value)));
        }
        progress.write("progress.jsonl", |_| true);
        progress
    }

    /// The number of results.
    pub fn len(&self) -> usize {
        self.done.borrow().len()
    }

    /// Whether there is a result under this key.
    pub fn has(&self, key: &str) -> bool {
        self.done.borrow().contains_key(key)
    }

    /// The result under this key; `None` if there is none, or if it can no longer be read.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_value(self.done.borrow().get(key)?.clone()).ok()
    }

    /// Stores a result under this key.
    pub fn put(&self, key: &str, found: &impl Serialize) {
        let value = serde_json::to_value(found).expect("what is found is plain data");
        let line = serde_json::to_string(&Line { key: key.into(), value: value.clone() }).expect("plain data");
        let file = OpenOptions::new().append(true).open(self.file());
        file.and_then(|mut file| writeln!(file, "{line}")).expect("the file is ours");
        self.done.borrow_mut().insert(key.into(), value);
    }

    /// The result under this key, which `find` makes if there is none.
    pub fn once<T: Serialize + DeserializeOwned>(&self, key: &str, find: impl FnOnce() -> T) -> T {
        self.get(key).unwrap_or_else(|| {
            let found = find();
            self.put(key, &found);
            found
        })
    }

    /// Marks these parts as complete: their results are moved to another file, where they can be inspected.
    pub fn complete(&self, of_part: impl Fn(&str) -> bool) {
        let of_part = |key: &str| of_part(key.split('/').next().unwrap_or_default());
        self.write("complete.jsonl", of_part);
        self.done.borrow_mut().retain(|key, _| !of_part(key));
        self.write("progress.jsonl", |_| true);
    }

    fn file(&self) -> PathBuf {
        self.folder.join("progress.jsonl")
    }

    fn write(&self, name: &str, which: impl Fn(&str) -> bool) {
        let done = self.done.borrow();
        let lines = done.iter().filter(|(key, _)| which(key)).map(|(key, value)| {
            let line = Line { key: key.clone(), value: value.clone() };
            serde_json::to_string(&line).expect("plain data") + "\n"
        });
        fs::write(self.folder.join(name), lines.collect::<String>()).expect("the folder is ours");
    }
}
