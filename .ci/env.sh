# shellcheck shell=bash
# Sourced by every script, from the project's folder: which compiler pair and tools the build uses. Stateless, so a new shell always finds the same answer.

AFFIANCO_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/affianco"
AFFIANCO_TOOLS="${AFFIANCO_TOOLS:-$AFFIANCO_CACHE/tools}"
[ -d "$HOME/.cargo/bin" ] && case ":$PATH:" in *":$HOME/.cargo/bin:"*) ;; *) PATH="$HOME/.cargo/bin:$PATH" ;; esac
export PATH="$AFFIANCO_TOOLS/bin:$AFFIANCO_TOOLS/node_modules/.bin:$PATH"

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

# A fresh clone in CI shares one build cache; elsewhere cargo's usual folder.
if [ -z "${CARGO_TARGET_DIR:-}" ]; then
  if [ "${CI:-}" = true ]; then CARGO_TARGET_DIR="$AFFIANCO_CACHE/target"; else CARGO_TARGET_DIR="$PWD/target"; fi
fi
export CARGO_TARGET_DIR

# Says whether the given rustc has a standard library for wasm32.
has_wasm_std() {
  local root
  root=$("$1" --print sysroot 2>/dev/null) || return 1
  compgen -G "$root/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null
}

# The pair on PATH when it can build wasm32, else Debian's own pair (one compiler for server, front end, clippy and fmt).
if ! has_wasm_std rustc && has_wasm_std /usr/bin/rustc; then
  export PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc
  unset RUSTUP_TOOLCHAIN
fi

# lld links the native programs several times faster than the default linker; used only where it is. These flags take the place of those in .cargo/config.toml.
if [ -x /usr/lib/llvm-22/bin/ld.lld ] && [ "$(uname -m)" = x86_64 ]; then
  export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS="--cfg=erase_components -Clink-arg=-fuse-ld=lld -Clink-arg=-B/usr/lib/llvm-22/bin"
fi

# Read by .ci/setup: the command must be of the version of the crate in Cargo.toml.
# shellcheck disable=SC2034
WASM_BINDGEN_VERSION=0.2.130
