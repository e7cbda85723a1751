#!/usr/bin/env bash
# Builds the example into FOLDER/links. Needs Go 1.19 or later and protoc; the first time Go fetches
# the modules that go.mod pins.
#
#   plugins/examples/go/build.sh FOLDER
set -euo pipefail

folder=$(mkdir -p "$1/source" && cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cp "$here"/*.go "$here"/go.mod "$here"/go.sum "$folder/source"
cd "$folder/source"
export GOFLAGS=-mod=readonly

go build -o "$folder/tools/" google.golang.org/protobuf/cmd/protoc-gen-go \
  google.golang.org/grpc/cmd/protoc-gen-go-grpc
packages=()
for proto in types extractor_service; do
  for generator in go go-grpc; do
    packages+=("--${generator}_opt=Mdossier/v1/$proto.proto=dossier/links/dossierv1")
  done
done
PATH="$folder/tools:$PATH" protoc -I "$here/../../../proto" \
  --go_out=. --go_opt=module=dossier/links --go-grpc_out=. --go-grpc_opt=module=dossier/links \
  "${packages[@]}" dossier/v1/types.proto dossier/v1/extractor_service.proto
go build -o "$folder/links" .
