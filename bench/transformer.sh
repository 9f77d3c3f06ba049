#!/usr/bin/env bash
# Compares MiniLM here and in onnxruntime, in turns on one core, for float32 and int8, sentences and
# windows: what make bench-transformer runs once both are built. Texts: those named, or examples/.
#   bench/transformer.sh [TEXT...]
set -euo pipefail
cd "$(dirname "$0")/.."

python=build/venv-train/bin/python folder=build/onnx
wheel=$(tools/setup package accurate)
[ $# -gt 0 ] || set -- examples/*.txt
"$python" bench/minilm.py ids "$wheel" "$folder" "$@"
[ -f "$folder/ready" ] || { "$python" bench/onnx_transformer.py models "$wheel" "$folder" &&
    touch "$folder/ready"; }
"$python" bench/onnx_transformer.py check "$wheel" "$folder" "$folder/ids-sentences.txt"

"$python" bench/minilm.py vectors "$wheel" "$folder/ids-sentences.txt" -o "$folder/reference.f32"
build/bench/bench_transformer -r 1 -o "$folder/ours.f32" build/models/minilm-float32.model \
    "$folder/ids-sentences.txt" >/dev/null
"$python" bench/minilm.py compare "$folder/reference.f32" "$folder/ours.f32"

for precision in float32 int8; do
    for ids in "$folder"/ids-{sentences,windows}.txt; do
        taskset -c "${CORE:-0}" "$python" bench/onnx_transformer.py time "$folder" "$ids" \
            --precision "$precision" --rounds "${ROUNDS:-5}" --against \
            "build/bench/bench_transformer -r 1 build/models/minilm-$precision.model $ids"
    done
done
