#!/usr/bin/env bash
# Installs what is missing to build and test Lanes, and nothing else. Runs again in a second or two when nothing is missing.
#
#   setup/setup.sh native   stable Rust with rustfmt and clippy
#   setup/setup.sh check    the same, and cargo-deny
#   setup/setup.sh wasm     as native, and the compiler with rebuilt std, Trunk, wasm-bindgen, wasm-opt (default)
#   setup/setup.sh test     the same, and Chromium, Firefox, WebKitGTK with their WebDriver servers, axe-core and reveal.js
#
# LANES_TOOLCHAIN=rustup or =debian forces one of the two roads to the compiler; without it rustup is tried first.
# Never asks. Where it cannot install something it says what is missing, and stops.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cargo_bin=${CARGO_HOME:-$HOME/.cargo}/bin
path_before=$PATH
# rustup's cargo must come before a distribution's, which knows no `+stable`.
export PATH="$cargo_bin:$PATH"
unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# Else asking rustup what it has already downloads the compiler.
export RUSTUP_AUTO_INSTALL=0

installed=no
say() { installed=yes; printf 'Set-up: %s\n' "$*"; }
die() { printf 'Set-up cannot go on: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
have_any() { for name in "$@"; do have "$name" && return 0; done; return 1; }
at_least() { printf '%s\n%s\n' "$2" "$1" | sort -V -C; }

. "$root/setup/versions.sh"
. "$root/setup/debian-toolchain.sh"

# ---- system packages -------------------------------------------------------------------------------------------------

packages=""          # what apt is to install
by_hand=""           # what nobody here can install
apt_updated=no

# need WHAT PACKAGE...: WHAT is missing; these packages would bring it.
need() {
    local what=$1; shift
    if have apt-get; then packages="$packages $*"; else by_hand="$by_hand, $what"; fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
    else die "this needs root, and sudo would ask for a password. Run by hand: sudo $*"
    fi
}

apt_update() {
    [ $apt_updated = no ] || return 0
    apt_updated=yes
    as_root apt-get -qq update || die "apt-get update failed; is there a network?"
}

apt_has() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'; }

install_packages() {
    [ -z "$by_hand" ] || die "please install by hand:${by_hand#,}."
    [ -n "$packages" ] || return 0
    say "Installing with apt-get:$packages."
    apt_update
    # --no-remove: rather stop than take away something of yours.
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-remove --no-install-recommends $packages >/dev/null ||
        die "apt-get could not install:$packages."
}

# ---- compilers -------------------------------------------------------------------------------------------------------

stable_ready() {
    local sysroot found
    sysroot=$(rustup run stable rustc --print sysroot 2>/dev/null) || return 1
    found=$("$sysroot/bin/rustc" --version | cut -d' ' -f2)
    at_least "$found" "$oldest_rust" && [ -x "$sysroot/bin/cargo-clippy" ] && [ -x "$sysroot/bin/rustfmt" ]
}

stable_rust() {
    have rustup || die "Lanes needs rustup. Install it from https://rustup.rs and run this again."
    stable_ready && return
    say "Installing stable Rust with rustfmt and clippy."
    rustup --quiet toolchain install stable --no-self-update --profile minimal --component rustfmt --component clippy ||
        die "rustup could not install stable Rust $oldest_rust or newer."
}

nightly_ready() {
    local sysroot
    sysroot=$(rustup run "$nightly" rustc --print sysroot 2>/dev/null) || return 1
    [ -d "$sysroot/lib/rustlib/src/rust/library/std" ] && [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] &&
        [ -x "$sysroot/bin/cargo-clippy" ]
}

install_nightly() {
    local limit=""
    # Where there is another road, do not wait for ever on a network that swallows requests.
    if have apt-get && have timeout; then limit="timeout 300"; fi
    say "Installing the compiler for WebAssembly ($nightly, with the source of std)."
    $limit rustup --quiet toolchain install "$nightly" --no-self-update --profile minimal \
        --component rust-src --component rustfmt --component clippy --target wasm32-unknown-unknown
}

# Two roads to a compiler that can rebuild std: rustup's pinned nightly, or Debian's. Sets $road.
choose_road() {
    road=${LANES_TOOLCHAIN:-}
    if [ -z "$road" ] && uses_debian_toolchain; then road=debian; fi
    if [ "$road" = debian ]; then return; fi

    if uses_debian_toolchain; then rustup --quiet override unset --path "$root"; fi
    if nightly_ready || install_nightly; then road=rustup; return; fi
    [ "$road" != rustup ] || die "rustup could not install $nightly."

    have apt-get || die "rustup could not download $nightly, and only Debian packages another compiler that would do."
    say "rustup could not download it; trying Debian's compiler."
    road=debian
    [ -n "$(debian_toolchain_packages)" ] || return 0
    apt_update
    for package in $(debian_toolchain_packages); do
        apt_has "$package" || die "rustup could not download $nightly, and apt-get has no $package (Debian's security archive does)."
    done
}

# ---- Rust tools ------------------------------------------------------------------------------------------------------

scratch=""
# cargo_install NAME VERSION [ARGUMENT...]
# Debug builds without debug information: a quarter of the time, and fast enough for what they do here.
cargo_install() {
    local name=$1 version=$2; shift 2
    [ -n "$scratch" ] || { scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT; }
    say "Building $name $version (some minutes)."
    # With the dependencies its authors tested; if one of those is no longer to be had, with what fits.
    install_debug "$name" --version "$version" "$@" --locked 2>/dev/null || install_debug "$name" --version "$version" "$@" ||
        die "cargo could not install $name $version."
}
install_debug() { CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$scratch" cargo +stable install --quiet --debug "$@"; }

get_trunk() {
    [ "$(trunk --version 2>/dev/null)" = "trunk $trunk_version" ] && return
    # Without default features it has no TLS and never looks for updates: it cannot download anything behind our back.
    cargo_install trunk "$trunk_version" --no-default-features
}

get_cargo_deny() {
    [ "$(cargo-deny --version 2>/dev/null)" = "cargo-deny $cargo_deny_version" ] || cargo_install cargo-deny "$cargo_deny_version"
}

# Trunk looks for a tool on PATH and then, if that is of another version, here. We put ours here, so that nobody's
# other wasm-bindgen or wasm-opt gets in the way or is replaced.
trunk_cache() {
    if [ "$(uname)" = Darwin ]; then echo "$HOME/Library/Caches/dev.trunkrs.trunk"; else echo "${XDG_CACHE_HOME:-$HOME/.cache}/trunk"; fi
}

get_wasm_bindgen() {
    [ -n "$wasm_bindgen_version" ] || die "Cargo.lock is missing or names no wasm-bindgen; run: cargo +stable generate-lockfile"
    local folder
    folder=$(trunk_cache)/wasm-bindgen-$wasm_bindgen_version
    [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $wasm_bindgen_version" ] || return 0
    [ ! -x "$folder/wasm-bindgen" ] || return 0
    mkdir -p "$folder"
    # A little optimised: it runs after each change that somebody makes, and takes 1 s instead of 4.
    CARGO_PROFILE_DEV_OPT_LEVEL=1 cargo_install wasm-bindgen-cli "$wasm_bindgen_version" --bin wasm-bindgen --root "$folder/root"
    mv "$folder/root/bin/wasm-bindgen" "$folder/"
    rm -r "$folder/root"
}

# ---- npm's tools -----------------------------------------------------------------------------------------------------

need_npm() { have node && have npm || need "Node.js with npm" nodejs npm; }

npm_ci() {
    [ "$root/node_modules/.package-lock.json" -nt "$root/package-lock.json" ] && return
    say "Fetching wasm-opt, esbuild, axe-core and reveal.js with npm."
    (cd "$root" && npm ci --silent --no-audit --no-fund) || die "npm could not fetch them (npm ci shows why)."
}

wasm_opt_ready() {
    case "$(wasm-opt --version 2>/dev/null)" in
        "wasm-opt version ${wasm_opt_version#version_}"*) return 0 ;;
    esac
    have node && [ -x "$(trunk_cache)/wasm-opt-$wasm_opt_version/bin/wasm-opt" ]
}

get_wasm_opt() {
    wasm_opt_ready && return
    local folder
    folder=$(trunk_cache)/wasm-opt-$wasm_opt_version/bin
    mkdir -p "$folder"
    # One file with everything in it; package.json says that it is a script and not a module.
    cp "$root/node_modules/binaryen/bin/package.json" "$root/node_modules/binaryen/bin/wasm-opt" "$folder/"
}

# ---- browsers --------------------------------------------------------------------------------------------------------

need_browsers() {
    have_any chromium chromium-browser google-chrome || need "Chromium or Chrome" chromium fonts-dejavu-core
    have chromedriver || need "chromedriver" chromium-driver
    have_any firefox firefox-esr || need "Firefox" firefox-esr fonts-dejavu-core
    # Its driver brings WebKitGTK's MiniBrowser along.
    have WebKitWebDriver || need "WebKitGTK's WebKitWebDriver" webkit2gtk-driver fonts-dejavu-core
    have Xvfb || need "Xvfb" xvfb xauth
}

get_geckodriver() { have geckodriver || cargo_install geckodriver "$geckodriver_version"; }

# ---- what was asked for ----------------------------------------------------------------------------------------------

part=${1:-wasm}
case $part in native | check | wasm | test) ;; *) die "'$part' is none of: native, check, wasm, test." ;; esac
# Whether the page is built.
case $part in native | check) page=no ;; *) page=yes ;; esac

stable_rust
have cc || need "a C compiler (rustc links with it)" build-essential

if [ $page = yes ]; then
    choose_road
    if [ $road = debian ]; then
        for package in $(debian_toolchain_packages); do need "$package" "$package"; done
    fi
    need_npm
fi
if [ "$part" = test ]; then
    need_npm
    need_browsers
fi

install_packages

if [ $page = yes ]; then
    [ $road = rustup ] || debian_toolchain_ready || link_debian_toolchain
    get_trunk
    get_wasm_bindgen
    npm_ci
    get_wasm_opt
fi
if [ "$part" = test ]; then
    get_geckodriver
fi
if [ "$part" = check ]; then
    get_cargo_deny
fi

case ":$path_before:" in
    *":$cargo_bin:"*) ;;
    *) printf 'Set-up: for trunk without make, put %s on your PATH.\n' "$cargo_bin" ;;
esac
if [ $installed = yes ]; then echo "Set-up: done."; else echo "Set-up: nothing missing."; fi
