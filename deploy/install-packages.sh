#!/usr/bin/env bash
# Installs Debian packages that are missing, as root or with sudo.
#
#   deploy/install-packages.sh LIST...      each LIST a file with a package a line
#
# A second word on a line is a command that does as well as the package, wherever it came from: a
# machine with a Node.js or Go of another origin keeps it, and is not asked to mix the two.
set -euo pipefail

missing=()
while read -r package command; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' && continue
  [ -n "$command" ] && command -v "$command" >/dev/null && continue
  missing+=("$package")
done < <(cat "$@")
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "install-packages: needs root or sudo to install: ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
echo "Installing ${#missing[@]} packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
