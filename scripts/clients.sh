#!/usr/bin/env bash
# Prints a folder whose node_modules holds published clients of Codex, to test against: CLIENTS=$(scripts/clients.sh)
# Installs them from npm at the first call, into a cache outside the checkout:
#   @openai/codex-sdk  runs `codex exec --json` and reads its lines
#   @ccusage/codex     reads the recorded sessions
#   @agentclientprotocol/codex-acp   drives `codex app-server` for editors that speak ACP
#   ai-sdk-provider-codex-cli        drives `codex exec` and `codex app-server` for the AI SDK
set -euo pipefail

sdk=0.163.0
ccusage=18.0.11
acp=2.6.0
ai=2.2.1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/codex-clients/sdk-$sdk-ccusage-$ccusage-acp-$acp-ai-$ai

if [ ! -f "$cache/complete" ]; then
  mkdir -p "$cache"
  # A package.json of its own keeps npm from looking for a project in the folders above.
  echo '{ "private": true }' >"$cache/package.json"
  # Some depend on a Codex program of their own, 200 MB in an optional platform package: the tests name theirs.
  npm install --prefix "$cache" --omit=optional --no-audit --no-fund --loglevel=error \
    "@openai/codex-sdk@$sdk" "@ccusage/codex@$ccusage" \
    "@agentclientprotocol/codex-acp@$acp" "ai-sdk-provider-codex-cli@$ai" "ai@7" "zod@4" >&2
  touch "$cache/complete"
fi
echo "$cache"
