//! What a visitor loads before anything can be run, as a host that compresses would send it.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Site;

/// The target: the maximum size, compressed, in bytes.
pub const LIMIT: usize = 320_000;

/// Files that the page requests once it is ready, for later runs. Whether that happens before or after a test reads the
/// list of requests is chance. Neither Run nor a form waits for these files.
const LATER: [&str; 4] = ["/worker.js", "/analysis.js", "/analyst.js", "/analyst_bg.wasm"];
/// A folder whose files are all requested later, too.
const ARRAYS: &str = "/arrays/";

/// A file's path, its size, and its size when compressed, in bytes.
pub type Weight = (String, usize, usize);

/// Weighs the files that were requested before anything could be run, each file once. Paths that are not files of the
/// site belong to the test, and are left out.
pub fn weigh(site: &Site, asked: &[String]) -> Vec<Weight> {
    let first = |path: &&String| !LATER.contains(&path.as_str()) && !path.starts_with(ARRAYS);
    let mut paths: Vec<_> = asked.iter().filter(first).cloned().collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter_map(|path| site.file_at(&path).map(|body| (path, body.len(), gzip(&body).len()))).collect()
}

/// The body as a host that compresses well would send it.
pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("memory takes everything")
}
