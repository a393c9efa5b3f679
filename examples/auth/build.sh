#!/usr/bin/env bash
# Rebuilds the guests of this folder from their sources: the same twice, with another token.
# Needs cargo with the target wasm32-unknown-unknown, and a tool that makes components of core modules:
# `wasm-tools component new` if COMPONENT_NEW names no other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
new=${COMPONENT_NEW:-wasm-tools component new}
target=${CARGO_TARGET_DIR:-$PWD/target}
# WASI's WIT files come with a crate, which the other examples stand on
(cd ../logger/transactions && cargo fetch --quiet)
wit=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/wasip2-2.0.1*/wit/deps | head -1)
mkdir -p wit/deps
cp "$wit"/*.wit wit/deps/
build() {
  (cd auth && TOKEN=$1 CARGO_TARGET_DIR=$target cargo build --quiet --release --target wasm32-unknown-unknown)
  $new "$target/wasm32-unknown-unknown/release/auth.wasm" -o "$2"
}
build let-me-in auth.wasm
build open-sesame auth-next.wasm
