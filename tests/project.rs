//! An empty library: its package holds the tests of the source tree, which belong to no other crate.
