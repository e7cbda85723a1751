#!/usr/bin/env bash
# Installs the test tools that Debian does not package, by version, into FOLDER/bin.
#
#   tests/install-tools.sh FOLDER
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)
mkdir -p "$folder/bin"

[ -x "$folder/bin/grpcurl" ] ||
  GOBIN="$folder/bin" go install github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.8.9

if [ ! -x "$folder/bin/buf" ]; then
  npm install --silent --no-fund --no-audit --prefix "$folder" @bufbuild/buf@1.75.0 >/dev/null
  ln -sf ../node_modules/.bin/buf "$folder/bin/buf"
fi
