#!/usr/bin/env bash
# Prints what a server knows of the sample articles: who, how many according to whom, who denies it.
#
#   deploy/show-graph.sh DOSSIER HOST:PORT
set -euo pipefail
ask() { "$program" --server "$server" "$@"; }
program=$1 server=$2

heading() { printf '\n-- %s\n   $ dossier %s\n' "$1" "$2"; }

heading "How much there is" "stats"
ask stats | head -n 5
heading "The agency, under all its names" "entity talvian"
ask entity talvian
heading "What Orsenia is said to have done, in every stance" "triples --subject Orsenia --any"
ask triples --subject Orsenia --any
heading "Whatever was said in one article, with the words that say it" "evidence --document samples/03-denial --any"
ask evidence --document samples/03-denial --any --limit 9
