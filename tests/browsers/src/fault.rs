//! What can go wrong with a page's files: a host that lost one, or code that stops in the middle.
//!
//! A fault changes one file, or a few in the same way, as it is sent, so the page itself is the shipped one. The page
//! loads each file once; what changes the scripts of its workers can come and go nevertheless (see
//! [`Server::with_switches`](crate::Server::with_switches)). Traps are made by a clock that throws: every traced step
//! reads the clock, and an exception out of an imported function ends WebAssembly as a trap does, without running any
//! clean-up.

/// A change to one or more of the page's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The files' names, in whatever folder they are.
    files: &'static [&'static str],
    change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Before(&'static str),
    Instead(Instead),
    /// Each occurrence of the first text is replaced with the second.
    Rename(&'static str, &'static str),
}

/// What a host sends instead of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instead {
    /// Nothing: it has no such file.
    Nothing,
    /// This page, as a network sends that wants its visitors to log in first.
    Page(&'static str),
    /// This script.
    Script(&'static str),
}

/// A block that lets the clock work fifty more times and then throw.
macro_rules! trap {
    () => {
        "{ let left = 50; const clock = performance.now.bind(performance); \
         performance.now = () => { if (left-- > 0) return clock(); throw new Error('a trap for the test'); }; }"
    };
}

/// The page sees no more of a memory that came by message than it saw at first, until the page itself grows that
/// memory; `$then` runs before the memory grows.
macro_rules! short_memory {
    ($then:literal) => {
        concat!(
            "{ const { Memory } = WebAssembly, own = new WeakSet(), seen = new WeakMap(); \
             const { get } = Object.getOwnPropertyDescriptor(Memory.prototype, 'buffer'), { grow } = Memory.prototype; \
             const construct = (Memory, kind) => { const memory = new Memory(...kind); own.add(memory); return memory; }; \
             WebAssembly.Memory = new Proxy(Memory, { construct }); \
             Object.defineProperty(Memory.prototype, 'buffer', { get() { \
             if (own.has(this)) return get.call(this); \
             if (!seen.has(this)) seen.set(this, get.call(this)); return seen.get(this); } }); \
             Memory.prototype.grow = function (pages) { ",
            $then,
            " return grow.call(this, pages); }; }\n"
        )
    };
}

/// The machine claims to have `$cores` cores.
macro_rules! cores {
    ($cores:literal) => {
        Self {
            files: &[START],
            change: Change::Before(concat!(
                "Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => ",
                $cores,
                " });\n"
            )),
        }
    };
}

/// The service worker's script.
const SERVICE_WORKER: &str = "isolation-worker.js";
/// The file that starts the page.
const START: &str = "start.js";
/// The JavaScript through which the module is called.
const GLUE: &str = "lanes.js";
/// The module.
const MODULE: &str = "lanes_bg.wasm";
/// The file that starts run workers and processes.
const BOOTSTRAP: &str = "worker.js";
/// The script that the analyst starts with, the JavaScript through which its module is called, and the module.
const ANALYSIS: [&str; 3] = ["analysis.js", "analyst.js", "analyst_bg.wasm"];
/// The file of wasm-bindgen-rayon that starts a pool, and that each of its threads starts with.
const POOL: &str = "workerHelpers.no-bundler.js";

const SORRY: Instead = Instead::Page("<!doctype html><p>Sorry</p>");

const fn missing(files: &'static [&'static str]) -> Fault {
    Fault { files, change: Change::Instead(Instead::Nothing) }
}

impl Fault {
    /// The host has lost the script that workers start with.
    pub const WORKER_MISSING: Self = missing(&[BOOTSTRAP]);

    /// The script that workers start with is not JavaScript.
    pub const WORKER_GARBLED: Self = Self { files: &[BOOTSTRAP], change: Change::Instead(SORRY) };

    /// A process traps in the middle of its work.
    pub const PROCESS_TRAPS: Self =
        Self { files: &[BOOTSTRAP], change: Change::Before(concat!("if (self.name === 'process') ", trap!(), "\n")) };

    /// A process panics in the middle of its work, if its tasks have input: the input gets lost on the way.
    pub const PROCESS_PANICS: Self = Self {
        files: &[BOOTSTRAP],
        change: Change::Before(
            "if (self.name === 'process') self.addEventListener('message', ({ data }) => { \
             if (data?.[1] instanceof Uint8Array) data[1] = new Uint8Array(0); });\n",
        ),
    };

    /// A process cannot read a message that comes with bytes beside it.
    pub const PROCESS_GARBLED: Self = Self {
        files: &[BOOTSTRAP],
        change: Change::Before(
            "if (self.name === 'process') self.addEventListener('message', ({ data }) => { \
             if (data?.[1] instanceof Uint8Array) data[0] = new Uint8Array(0); });\n",
        ),
    };

    /// A process says that it is ready, sends three answers about its clock, and nothing after that.
    pub const PROCESS_SILENT: Self = Self {
        files: &[BOOTSTRAP],
        change: Change::Before(
            "if (self.name === 'process') { let left = 4; const post = self.postMessage.bind(self); \
             self.postMessage = (...letter) => { if (left-- > 0) post(...letter); }; }\n",
        ),
    };

    /// A run worker traps in the middle of its work.
    pub const RUN_WORKER_TRAPS: Self = Self {
        files: &[BOOTSTRAP],
        change: Change::Before(concat!("if (self.name === 'run worker') ", trap!(), "\n")),
    };

    /// A run worker traps when its memory has become larger than 250 MiB, as where the browser cannot give it more.
    pub const LARGE_RUN_WORKER_TRAPS: Self = Self {
        files: &[BOOTSTRAP],
        change: Change::Before(
            "if (self.name === 'run worker') { const { Memory } = WebAssembly; let memory; \
             WebAssembly.Memory = class extends Memory { constructor(wanted) { super(wanted); memory = this; } }; \
             const clock = performance.now.bind(performance); performance.now = () => { \
             if (memory?.buffer.byteLength > 250 * 2 ** 20) throw new Error('a trap for the test'); return clock(); }; }\n",
        ),
    };

    /// A thread of the pool traps in the middle of its work.
    pub const THREAD_TRAPS: Self =
        Self { files: &[POOL], change: Change::Before(concat!("if (!self.name && !self.window) ", trap!(), "\n")) };

    /// The threads of the pool panic in the middle of their work, if they wait for a lock: the clock returns NaN.
    pub const THREAD_PANICS: Self = Self {
        files: &[POOL],
        change: Change::Before(
            "if (!self.name && !self.window) { let left = 50; const clock = performance.now.bind(performance); \
             performance.now = () => left-- > 0 ? clock() : NaN; }\n",
        ),
    };

    /// One thread of the pool traps in the middle of its work, the others do not.
    pub const ONE_THREAD_TRAPS: Self = Self {
        files: &[POOL],
        change: Change::Before(concat!(
            "if (self.name === 'run worker') { const Own = Worker; let name = 'the one'; \
             self.Worker = class extends Own { constructor(url, options) { super(url, { ...options, name }); name = ''; } }; } \
             if (self.name === 'the one') ",
            trap!(),
            "\n"
        )),
    };

    /// The pool's threads never say that they are ready.
    pub const POOL_NEVER_READY: Self = Self {
        files: &[POOL],
        change: Change::Before(
            "if (self.name === 'run worker') self.Worker = class extends EventTarget { postMessage() {} terminate() {} };\n",
        ),
    };

    /// The host has lost the page's first script.
    pub const START_MISSING: Self = missing(&[START]);

    /// The service worker takes six seconds to install.
    pub const SERVICE_WORKER_LATE: Self = Self {
        files: &[SERVICE_WORKER],
        change: Change::Before(
            "self.addEventListener('install', (event) => \
             event.waitUntil(new Promise((late) => setTimeout(late, 6000))));\n",
        ),
    };

    /// The host still has the first version's service worker, which isolates every file that is requested.
    pub const SERVICE_WORKER_OLD: Self = Self {
        files: &[SERVICE_WORKER],
        change: Change::Instead(Instead::Script(
            "self.addEventListener('install', () => self.skipWaiting()); \
             self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim())); \
             self.addEventListener('fetch', (event) => { \
             if (new URL(event.request.url).origin === self.location.origin) event.respondWith(isolated(event.request)); }); \
             async function isolated(request) { \
             const { body, status, headers } = await fetch(request), all = new Headers(headers); \
             all.set('Cross-Origin-Opener-Policy', 'same-origin'); all.set('Cross-Origin-Embedder-Policy', 'require-corp'); \
             return new Response(body, { status, headers: all }); }",
        )),
    };

    /// The browser has no WebAssembly.
    pub const NO_WEBASSEMBLY: Self =
        Self { files: &[START], change: Change::Before("delete globalThis.WebAssembly;\n") };

    /// The browser's WebAssembly has no SIMD, and so accepts no module that uses it.
    pub const NO_SIMD: Self = Self { files: &[START], change: Change::Before("WebAssembly.validate = () => false;\n") };

    /// The browser's WebAssembly has no shared memory.
    pub const NO_THREADS: Self = Self {
        files: &[START],
        change: Change::Before(
            "{ const Memory = WebAssembly.Memory; WebAssembly.Memory = function (kind) { \
             if (kind.shared) throw new TypeError('shared is unknown'); return new Memory(kind); }; }\n",
        ),
    };

    /// When another context grows a memory, the browser shows the page its old size, until the page itself grows it.
    pub const MEMORY_SHOWN_LATE: Self =
        Self { files: &[START], change: Change::Before(short_memory!("seen.delete(this);")) };

    /// When another context grows a memory, the browser shows the page its old size for good.
    pub const MEMORY_NEVER_SHOWN: Self = Self {
        files: &[START],
        change: Change::Before(short_memory!("if (!own.has(this)) throw new RangeError('it does not grow');")),
    };

    /// The clocks of the page and of its workers move in steps of 60 ms, each counted from the start of its own
    /// context.
    pub const COARSE_CLOCK: Self = Self {
        files: &[START, BOOTSTRAP, POOL],
        change: Change::Before(
            "if (!self.coarse) { self.coarse = true; const clock = performance.now.bind(performance); \
             performance.now = () => Math.floor(clock() / 60) * 60; }\n",
        ),
    };

    /// The machine claims to have 16 cores.
    pub const SIXTEEN_CORES: Self = cores!(16);
    /// The machine claims to have 128 cores.
    pub const MANY_CORES: Self = cores!(128);

    /// The page's own memory cannot grow beyond 6 MB.
    pub const LITTLE_MEMORY: Self = Self {
        files: &[START],
        change: Change::Before(
            "{ const { Memory } = WebAssembly; WebAssembly.Memory = class extends Memory { constructor(wanted) {
            super({ ...wanted, maximum: Math.min(wanted.maximum, 96) }); } }; }\n",
        ),
    };

    /// The host has another version by now, in which the page's module asks for other imports.
    pub const OTHER_VERSION: Self = Self { files: &[GLUE], change: Change::Rename("__wbg_", "__wbg_other_") };
    /// The host has another version by now, in which the analyst's module asks for other imports.
    pub const OTHER_ANALYST: Self = Self { files: &[ANALYSIS[1]], change: Change::Rename("__wbg_", "__wbg_other_") };

    /// The host has lost the module.
    pub const MODULE_MISSING: Self = missing(&[MODULE]);

    /// The module is no WebAssembly.
    pub const MODULE_GARBLED: Self = Self { files: &[MODULE], change: Change::Instead(SORRY) };

    /// The host has lost the script that fetches the module.
    pub const EARLY_MISSING: Self = missing(&["early.js"]);

    /// The host has lost the JavaScript through which the module is called.
    pub const GLUE_MISSING: Self = missing(&[GLUE]);

    /// The host has lost one of the analyst's files; one fault for each file.
    pub const ANALYST_MISSING: [Self; 3] = [missing(&[ANALYSIS[0]]), missing(&[ANALYSIS[1]]), missing(&[ANALYSIS[2]])];

    /// The analyst is slow: each answer is three seconds late.
    pub const ANALYST_SLOW: Self = Self {
        files: &[ANALYSIS[0]],
        change: Change::Before(
            "{ const post = self.postMessage.bind(self); \
             self.postMessage = (answer) => setTimeout(() => post(answer), 3000); }\n",
        ),
    };

    /// The host has lost the third file of arrays.
    pub const ARRAY_MISSING: Self = missing(&["2.f32"]);

    /// The host has lost a strategy's code in Python.
    pub const CODE_MISSING: Self = missing(&["threads.py"]);

    /// The file's own bytes after the fault's renaming, if it has one.
    pub(crate) fn renamed(self, file: &str, body: Vec<u8>) -> Vec<u8> {
        match self.change {
            Change::Rename(from, to) if self.files.contains(&file) => {
                String::from_utf8_lossy(&body).replace(from, to).into_bytes()
            }
            _ => body,
        }
    }

    /// What is sent instead of this file, if anything is.
    pub(crate) fn instead(self, file: &str) -> Option<Instead> {
        match self.change {
            Change::Instead(instead) if self.files.contains(&file) => Some(instead),
            _ => None,
        }
    }

    /// The code that is put before this file, if any.
    pub(crate) fn before(self, file: &str) -> Option<&'static str> {
        match self.change {
            Change::Before(code) if self.files.contains(&file) => Some(code),
            _ => None,
        }
    }
}
