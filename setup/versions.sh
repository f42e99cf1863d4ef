# The versions of everything Lanes is built with, in one place. Where a tool's own file must hold the number, it is read from there.
# Sourced by setup.sh with $root set.

trunk_version=0.21.14
geckodriver_version=0.37.1
cargo_deny_version=0.20.2
# The linker that belongs to Debian's rustc-web.
debian_lld=22

# first_quoted FILE PATTERN: what stands between the first pair of quotes on the first line that matches.
first_quoted() { sed -n "/$2/{s/[^\"]*\"\([^\"]*\)\".*/\1/p;q;}" "$root/$1"; }

nightly=$(first_quoted rust-toolchain.toml '^channel')
oldest_rust=$(first_quoted Cargo.toml '^rust-version')
wasm_opt_version=$(first_quoted Trunk.toml '^wasm_opt')
# The command line tool and the crate must be the same version, to the last digit.
wasm_bindgen_version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/.*"\(.*\)"/\1/p;q;}' "$root/Cargo.lock" 2>/dev/null || true)
