#!/usr/bin/env bash
# Prints a folder whose node_modules holds published clients of Codex, to test against: CLIENTS=$(scripts/clients.sh)
# Installs them from npm at the first call, into a cache outside the checkout:
#   @openai/codex-sdk  runs `codex exec --json` and reads its lines
#   @ccusage/codex     reads the recorded sessions
set -euo pipefail

sdk=0.163.0
ccusage=18.0.11
cache=${XDG_CACHE_HOME:-$HOME/.cache}/codex-clients/sdk-$sdk-ccusage-$ccusage

if [ ! -f "$cache/complete" ]; then
  mkdir -p "$cache"
  # A package.json of its own keeps npm from looking for a project in the folders above.
  echo '{ "private": true }' >"$cache/package.json"
  # The SDK depends on a Codex program of its own, 200 MB in an optional platform package: the tests name theirs.
  npm install --prefix "$cache" --omit=optional --no-audit --no-fund --loglevel=error \
    "@openai/codex-sdk@$sdk" "@ccusage/codex@$ccusage" >&2
  touch "$cache/complete"
fi
echo "$cache"
