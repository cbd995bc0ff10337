#!/usr/bin/env bash
# Prints the path of the original Codex CLI's native program, to compare with: ORIGINAL=$(scripts/original.sh)
# Installs it from npm at the first call, into a cache outside the checkout. x64 and arm64 Linux.
# CODEX_ORIGINAL_VERSION chooses the version.
set -euo pipefail

version=${CODEX_ORIGINAL_VERSION:-0.169.0}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/codex-original/$version

case $(uname -sm) in
  "Linux x86_64") package=linux-x64 target=x86_64-unknown-linux-musl ;;
  "Linux aarch64") package=linux-arm64 target=aarch64-unknown-linux-musl ;;
  *) echo "original.sh knows no program for $(uname -sm)." >&2; exit 1 ;;
esac
program=$cache/node_modules/@openai/codex-$package/vendor/$target/bin/codex

if [ ! -x "$program" ]; then
  mkdir -p "$cache"
  # A package.json of its own keeps npm from looking for a project in the folders above.
  [ -f "$cache/package.json" ] || echo '{ "private": true }' >"$cache/package.json"
  npm install --prefix "$cache" --no-audit --no-fund --loglevel=error "@openai/codex@$version" >&2
fi
if [ ! -x "$program" ]; then
  echo "npm installed @openai/codex@$version, but there is no $program." >&2
  exit 1
fi
echo "$program"
