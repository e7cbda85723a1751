#!/usr/bin/env bash
# From a fresh checkout on Debian 12 to a running server with a graph in it: installs packages,
# builds, starts the server on an empty database, ingests the sample articles, prints what the graph
# knows and leaves the server answering.
#
#   deploy/quickstart.sh        the server listens on 127.0.0.1:50051; LISTEN=HOST:PORT changes that
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
listen=${LISTEN:-127.0.0.1:50051}
data=build/quickstart/data
log=build/quickstart/dossierd.log

echo "1. Packages"
deploy/install-packages.sh deploy/packages.txt

echo "2. Build (some minutes the first time)"
cmake --preset release >/dev/null
cmake --build --preset release --target quickstart | tail -n 1

echo "3. Server on an empty database"
bin=build/release/bin
if [ -f build/quickstart/pid ] && kill "$(cat build/quickstart/pid)" 2>/dev/null; then
  while kill -0 "$(cat build/quickstart/pid)" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$data"
mkdir -p "$data"
setsid nohup "$bin/dossierd" --data "$data" --listen "$listen" --plugins build/release/plugins \
  >"$log" 2>&1 </dev/null &
pid=$!
echo "$pid" >build/quickstart/pid
dossier() { "$bin/dossier" --server "$listen" "$@"; }
for _ in $(seq 100); do
  dossier stats >/dev/null 2>&1 && break
  kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.1
done
dossier stats >/dev/null

echo "4. The sample articles"
dossier ingest deploy/samples/articles.jsonl

echo
echo "5. What the graph knows"
deploy/show-graph.sh "$bin/dossier" "$listen"

cat <<TEXT

The server goes on answering on $listen (process $pid, log $log). Try:
  $bin/dossier --server $listen triples --subject Talvia
  $bin/dossier --server $listen export --format jsonl
Stop it with: kill $pid
TEXT
