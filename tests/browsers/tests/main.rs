//! Lanes in Chromium, Firefox and WebKitGTK.
//!
//! Each file is one concern; each of its tests is one browser that is told the whole story. Three of them at a time.

mod axe;
mod cancel;
mod cases;
mod chapters;
mod charts;
mod clocks;
mod controls;
mod crash;
mod crowded;
mod decide;
mod download;
mod experiments;
mod failures;
mod first_load;
mod framed;
mod grown_memory;
mod hidden_tab;
mod instances;
mod labs;
mod look;
mod lost_files;
mod memory;
mod no_javascript;
mod panics;
mod plain;
mod print;
mod pseudo;
mod random;
mod random_messages;
mod random_queries;
mod recording;
mod reduced_motion;
mod sentences;
mod service_worker;
mod smooth;
mod stopped;
mod strategies;
mod turns;
mod unseen;
