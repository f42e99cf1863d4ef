//! Writes the chapters' pages into the folder of the built page. Trunk calls it at the end of each build, and passes
//! that folder in `TRUNK_STAGING_DIR`. `LANES_HOST` may give the address at which the page will be available
//! (`https://example.org/lanes/`), for the preview pictures of shared links.

use std::path::Path;
use std::process::ExitCode;

use book::Book;

fn main() -> ExitCode {
    let Some(built) = std::env::var_os("TRUNK_STAGING_DIR") else {
        eprintln!("TRUNK_STAGING_DIR has to name the folder that has the built index.html");
        return ExitCode::FAILURE;
    };
    let host = std::env::var("LANES_HOST").unwrap_or_default();
    if !(host.is_empty() || host.starts_with("https://") && host.ends_with('/')) {
        eprintln!("LANES_HOST is {host:?}; it has to begin with https:// and to end with a slash");
        return ExitCode::FAILURE;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match Book::read(&root) {
        Ok(book) => match book.write(&root, Path::new(&built), &host) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("The chapters' pages cannot be written: {error}");
                ExitCode::FAILURE
            }
        },
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            ExitCode::FAILURE
        }
    }
}
