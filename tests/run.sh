#!/usr/bin/env bash
# Installs what the tests need, builds everything with warnings as errors, runs every test, then the
# tests within a process under AddressSanitizer and, for the code without gRPC, under ThreadSanitizer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n== %s (%d s since the start)\n' "$1" "$SECONDS"; }

step "Packages"
deploy/install-packages.sh deploy/packages.txt tests/packages.txt
tests/install-tools.sh build/tools
export PATH="$PWD/build/tools/bin:$PATH"

step "Formatting, and the API of released versions"
git ls-files '*.h' '*.cc' '*.c' | xargs -r clang-format --dry-run --Werror
(cd proto && buf format --diff --exit-code && buf lint &&
  buf breaking --against ../tests/compat/api-0.1.0.binpb)

step "Release: build and every test"
cmake --preset release >/dev/null
cmake --build --preset release
ctest --preset release -j "$(nproc)"

step "AddressSanitizer and UndefinedBehaviorSanitizer: every test but those of whole programs"
cmake --preset asan >/dev/null
cmake --build --preset asan --target asan_tests
ctest --preset asan -L asan -j "$(nproc)"

step "ThreadSanitizer: tests with threads of code that does not touch gRPC"
cmake --preset tsan >/dev/null
cmake --build --preset tsan --target tsan_tests
ctest --preset tsan -L tsan -j "$(nproc)"

step "Done"
