#!/usr/bin/env bash
# Rebuilds the guests of this folder from their sources: checkout.wasm, target/orders.wasm (18 MB), target/prices.wasm (12 MB).
# Needs cargo with the target wasm32-unknown-unknown and `wasm-tools component new` (or what COMPONENT_NEW names); Python with
# `pip install componentize-py==0.25.1` (or what COMPONENTIZE_PY names); node with `npm install @bytecodealliance/componentize-js@0.23.0`
# (where NODE_PATH_JS says, if not here).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
new=${COMPONENT_NEW:-wasm-tools component new}
target=${CARGO_TARGET_DIR:-$PWD/target}
mkdir -p target
(cd checkout && CARGO_TARGET_DIR=$target cargo build --quiet --release --target wasm32-unknown-unknown)
$new "$target/wasm32-unknown-unknown/release/checkout.wasm" -o checkout.wasm
(cd orders && "${COMPONENTIZE_PY:-componentize-py}" -d ../wit -w adding componentize orders_app -o ../target/orders.wasm)
# node looks for packages beside the script
js=${NODE_PATH_JS:-$PWD/prices}
[ "$js" = "$PWD/prices" ] || cp prices/build.mjs "$js/"
node "$js/build.mjs" prices/prices.js wit pricing target/prices.wasm
