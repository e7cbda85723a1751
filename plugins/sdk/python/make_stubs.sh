#!/usr/bin/env bash
# Makes the Python classes of ExtractorService's messages in FOLDER, which goes into PYTHONPATH.
# Needs protoc and its gRPC plugin for Python: Debian's protobuf-compiler-grpc has both.
#
#   plugins/sdk/python/make_stubs.sh FOLDER
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../../../proto"
protoc -I . --python_out="$folder" --grpc_python_out="$folder" \
  --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  dossier/v1/types.proto dossier/v1/extractor_service.proto
