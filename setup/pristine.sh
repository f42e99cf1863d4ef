#!/usr/bin/env bash
# Tries a command as on a machine with rustup, stable Rust and the system's packages, and nothing else: an empty home,
# nothing of ~/.cargo/bin but rustup, a copy of this checkout as git sees it. Your home and rustup's settings stay as they are.
#
#   setup/pristine.sh [COMMAND...]      default: setup/setup.sh wasm, twice, then trunk build --release
#   LANES_TOOLCHAIN=debian setup/pristine.sh      the same by Debian's road
#   setup/pristine.sh make test                   everything CI runs, cold
#
# What it cannot try is apt-get: system packages stay as they are (a container can try it).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
rustup=$(command -v rustup)
rustup_home=${RUSTUP_HOME:-$HOME/.rustup}
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT

mkdir -p "$there/home/.cargo/bin" "$there/rustup/toolchains" "$there/lanes"
for proxy in rustup cargo rustc rustdoc cargo-clippy clippy-driver cargo-fmt rustfmt; do
    ln -s "$rustup" "$there/home/.cargo/bin/$proxy"
done
# Stable only: the compiler for WebAssembly is what set-up has to bring.
ln -s "$rustup_home"/toolchains/stable-* "$there/rustup/toolchains/"
cp "$rustup_home/settings.toml" "$there/rustup/"
sed -i.bak '/^\[overrides\]/,$d' "$there/rustup/settings.toml"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar cf - ) | tar xf - -C "$there/lanes"

cd "$there/lanes"
[ $# -gt 0 ] || set -- sh -c 'setup/setup.sh wasm && setup/setup.sh wasm && trunk build --release && ls -l dist'
env -i HOME="$there/home" RUSTUP_HOME="$there/rustup" PATH="$there/home/.cargo/bin:/usr/local/bin:/usr/bin:/bin" \
    LANG="${LANG:-C.UTF-8}" ${LANES_TOOLCHAIN:+LANES_TOOLCHAIN="$LANES_TOOLCHAIN"} \
    ${CARGO_TARGET_DIR:+CARGO_TARGET_DIR="$CARGO_TARGET_DIR"} "$@"
