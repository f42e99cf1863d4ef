# The road for machines where rustup cannot download: Debian's compiler, dressed as a rustup toolchain named `lanes`.
# Sourced by setup.sh.
#
# A toolchain is a folder with bin/ and lib/. Ours holds wrappers that say the two things Debian's compiler has to be told:
# allow build-std in a stable compiler, and which linker makes WebAssembly. The directory's override makes plain `cargo` and
# `trunk` use it (an override beats rust-toolchain.toml).

toolchain_dir=${XDG_DATA_HOME:-$HOME/.local/share}/lanes-toolchain

debian_toolchain_packages() {
    [ -x /usr/bin/cargo ] || echo cargo-web
    [ -x /usr/bin/rustc ] || echo rustc-web
    [ -d /usr/lib/rustlib/src/rust/library/std ] || echo rust-web-src
    [ -x /usr/bin/cargo-clippy ] || echo rust-web-clippy
    [ -x "/usr/bin/wasm-ld-$debian_lld" ] || echo "lld-$debian_lld"
}

# wrapper NAME COMMAND: bin/NAME runs COMMAND with the environment it needs.
wrapper() {
    cat >"$toolchain_dir/bin/$1" <<EOF
#!/bin/sh
# Written by Lanes' setup/debian-toolchain.sh.
export RUSTC_BOOTSTRAP=1
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-$debian_lld
exec $2 "\$@"
EOF
    chmod +x "$toolchain_dir/bin/$1"
}

link_debian_toolchain() {
    local found
    found=$(/usr/bin/rustc --version | cut -d' ' -f2)
    at_least "$found" "$oldest_rust" || die "Debian's rustc is $found; Lanes needs $oldest_rust or newer. Run apt-get upgrade, or give rustup a network."

    mkdir -p "$toolchain_dir/bin"
    for tool in cargo rustc rustdoc cargo-clippy clippy-driver; do wrapper $tool /usr/bin/$tool; done
    # Debian has no rustfmt to go with it.
    for tool in cargo-fmt rustfmt; do wrapper $tool "rustup run stable $tool"; done
    ln -sfn /usr/lib "$toolchain_dir/lib"

    say "Making Debian's rustc $found the compiler of this folder (rustup toolchain 'lanes')."
    rustup --quiet toolchain link lanes "$toolchain_dir"
    rustup --quiet override set lanes --path "$root"
}

debian_toolchain_ready() {
    [ -x "$toolchain_dir/bin/cargo" ] && [ -z "$(debian_toolchain_packages)" ] && uses_debian_toolchain
}

# Is `lanes` this folder's override?
uses_debian_toolchain() { (cd "$root" && rustup show active-toolchain 2>/dev/null) | grep -q '^lanes '; }
