#!/usr/bin/env bash
# Starts `chaveiro serve` for the steps of a job that follow, with a key that no log shows. It ends with the job.
set -euo pipefail

state=$RUNNER_TEMP/chaveiro
mkdir -m 0700 "$state"
read -ra providers <<<"$PROVIDERS"
rules=()
while IFS= read -r rule; do
  [[ -z $rule ]] || rules+=(--allow "$rule")
done <<<"$ALLOW"

key=$(chaveiro serve keys add job --from-env --state "$state" "${rules[@]}")
echo "::add-mask::$key"

log=$RUNNER_TEMP/chaveiro.log
chaveiro serve "${providers[@]}" --from-env --state "$state" --port 0 >"$log" 2>&1 </dev/null &
server=$!
url=
until [[ -n $url ]]; do
  # The first line of the log says where it listens.
  url=$(sed -n 's/.*"event":"listening","url":"\([^"]*\)".*/\1/p' "$log")
  if ! kill -0 "$server" 2>/dev/null; then
    cat "$log" >&2
    exit 1
  fi
  sleep 0.1
done
echo "url=$url" >>"$GITHUB_OUTPUT"
echo "key=$key" >>"$GITHUB_OUTPUT"
echo "pid=$server" >>"$GITHUB_OUTPUT"
