//! What a visitor loads before anything can be run, as a host that compresses would send it.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Site;

/// Bytes at most, compressed: the target.
pub const LIMIT: usize = 320_000;

/// What the page asks for when it is there, for the runs to come; whether that is before or after somebody looks at what
/// was asked for, is chance. It is none of what Run, or a form, waits for.
const LATER: [&str; 4] = ["/worker.js", "/analysis.js", "/analyst.js", "/analyst_bg.wasm"];
/// The same, each file in this folder.
const ARRAYS: &str = "/arrays/";

/// A file's path, its size, and its size when compressed, in bytes.
pub type Weight = (String, usize, usize);

/// Weighs what was asked for before anything could be run, each file once; what the site does not have as a file is the
/// test's own.
pub fn weigh(site: &Site, asked: &[String]) -> Vec<Weight> {
    let first = |path: &&String| !LATER.contains(&path.as_str()) && !path.starts_with(ARRAYS);
    let mut paths: Vec<_> = asked.iter().filter(first).cloned().collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter_map(|path| site.file_at(&path).map(|body| (path, body.len(), gzip(&body).len()))).collect()
}

/// What a host that compresses well would send.
pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("memory takes everything")
}
