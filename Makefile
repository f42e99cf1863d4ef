# The commands of Lanes. `make serve` and `make test` fetch what is missing; README says what must be there.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help

PORT ?= 8080

# rustup's cargo must come before a distribution's, which knows no `+stable`.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
# Any of these would silently replace the flags or the compiler that this project chooses.
unexport RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTUP_TOOLCHAIN

# Native work is done by stable Rust; plain cargo is the compiler with rebuilt std, for WebAssembly only.
STABLE := cargo +stable
# Where the browser tests find the page and the accessibility checker.
export LANES_DIST := $(CURDIR)/dist
export LANES_AXE := $(CURDIR)/node_modules/axe-core/axe.min.js

# Tests say what is wrong in a sentence; thirty lines of how they came there have pushed that out of more than one log.
export RUST_BACKTRACE := 0

.PHONY: help serve build check test bench honesty bench-native soak pictures setup setup-native setup-check setup-wasm clean page fmt clippy deny clippy-wasm both-halves test-native test-browsers

help:
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

serve: setup-wasm ## build the page and serve it on 127.0.0.1
	@echo "Building. When it is done, open http://127.0.0.1:$(PORT)/"
	trunk serve --release --port $(PORT)

build: setup-wasm page ## dist/, ready for any static host

check: setup-check fmt clippy deny test-native ## format, lints, licences, native tests: the inner loop

test: setup fmt both-halves test-browsers ## everything CI runs

bench: setup page ## measure in the browsers, write docs/benchmarks.md
	$(STABLE) run --release -p browsers --bin bench

honesty: setup page ## hold what the page claims against what is so (PART=..., FRESH=1), write docs/honesty.md
	$(STABLE) run --release -p browsers --bin honesty -- $(PART) $(if $(FRESH),fresh)

soak: setup page ## hundreds of slide changes, faults and runs with random moves (PART=..., TIMES=..., SEED=..., ENGINE=...); some hours
	$(STABLE) run --release -p browsers --bin soak -- $(or $(PART),all) $(or $(TIMES),-) $(or $(SEED),-) $(ENGINE)

bench-native: setup-native ## time every workload natively
	$(STABLE) bench -p workloads

pictures: setup page ## take the documentation's screenshots
	$(STABLE) run -p browsers --bin pictures

setup: ## install what is missing, browsers included
	@setup/setup.sh test

setup-native:
	@setup/setup.sh native

setup-check:
	@setup/setup.sh check

setup-wasm:
	@setup/setup.sh wasm

clean: ## remove what was built (installed tools stay)
	rm -rf dist target node_modules

page:
	trunk build --release

# What a registry's macro names is not found by following modules.
fmt:
	$(STABLE) fmt --all -- --check workloads/src/*.rs strategies/src/all/*.rs crates/lab/src/verdict/rules/*.rs

clippy:
	$(STABLE) clippy --locked --workspace --all-targets -- -D warnings

# Licences and sources of all that is built with, and what is known against any of it, where the database of that can be had.
# Not a part of `make test`: cargo-deny takes minutes to build, and what is known changes with the day, not with the code.
deny:
	cargo-deny check bans licenses sources
	@mkdir -p target; if cargo-deny fetch db >target/advisories.log 2>&1; then cargo-deny check advisories; \
		else echo "Advisories: not looked at, their database cannot be had from here (target/advisories.log)."; fi

# The browser half of the source, and the bench's peer in Rust, are compiled for this target only. The page's profile, so
# that what they need is built once.
clippy-wasm:
	cargo clippy --locked --release --target wasm32-unknown-unknown -p lanes -- -D warnings
	cd benches/peers/naive-rayon && cp $(CURDIR)/Cargo.lock . && \
		CARGO_TARGET_DIR=$(CURDIR)/target cargo clippy --release --target wasm32-unknown-unknown -- -D warnings

# All that needs no browser: what is native, and beside it the page. Much of either keeps one core only, the page's last crate
# and most tests, and the two share no folder that cargo locks for long.
both-halves:
	@$(MAKE) --no-print-directory clippy-wasm page & page=$$!; native=0; \
		$(MAKE) --no-print-directory clippy test-native || native=$$?; wait $$page && exit $$native

test-native:
	$(STABLE) test --locked --workspace --exclude browsers --exclude lanes

# Browsers mostly wait, so there may be more of them than cores (LANES_BROWSERS says how many).
# grep drops empty lines, of which cargo prints one last: the run ends with the summary.
test-browsers:
	RUST_TEST_THREADS=$(or $(LANES_BROWSERS),3) $(STABLE) test --locked -p browsers --tests | grep --line-buffered .
