//! Nothing of its own: a home for the tests of the source tree, which belong to no crate.
