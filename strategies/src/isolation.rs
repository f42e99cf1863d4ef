//! Whether a page may share memory with its workers, and why.

use serde::{Deserialize, Serialize};

/// The isolation of a page, found out by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    /// Memory is shared; the server's headers isolate the page.
    Headers,
    /// Memory is shared; the page's own service worker isolates it.
    ServiceWorker,
    /// The page is isolated, but the browser shares no memory all the same.
    Unshared,
    /// The page is not isolated, so no memory is shared.
    Missing,
    /// The page came over http from another machine, and browsers isolate no such page whatever its headers are.
    Insecure,
}

impl Isolation {
    /// Whether memory can be shared with workers.
    pub fn shared_memory(self) -> bool {
        matches!(self, Self::Headers | Self::ServiceWorker)
    }
}
