#!/usr/bin/env bash
# Rebuilds the guests of this folder from their sources.
# Needs cargo with the target wasm32-unknown-unknown, and a tool that makes components of core modules:
# `wasm-tools component new` if COMPONENT_NEW names no other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
new=${COMPONENT_NEW:-wasm-tools component new}
target=${CARGO_TARGET_DIR:-$PWD/target}
build() {
  (cd "$1" && CARGO_TARGET_DIR=$target cargo build --quiet --release --target wasm32-unknown-unknown)
  $new "$target/wasm32-unknown-unknown/release/$1.wasm" -o "$1.wasm"
}
build transactions
# WASI's WIT files come with the crate that transactions stands on
wit=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/wasip2-2.0.1*/wit/deps | head -1)
cp "$wit"/{io,cli,clocks,filesystem,random,sockets}.wit wit/deps/
build logger
