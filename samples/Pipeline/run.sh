#!/usr/bin/env bash
# What a job of CI runs: checks the declarations, plans, applies where something is to be done, and looks for what others changed.
# docs/stores-pipeline.yml is the same as a workflow of GitHub Actions, which also commits the state. It needs the command
# deltastream-stores, and in the environment DELTASTREAM_API_KEY, DELTASTREAM_STATE_KEY and what the declarations point to.
set -euo pipefail
cd "$(dirname "$0")"

deltastream-stores validate stores

plan=0
deltastream-stores plan stores --prune --exit-code || plan=$?
case $plan in
  0) ;; # Everything is as declared.
  2) deltastream-stores apply stores --prune --yes ;;
  *) exit "$plan" ;;
esac

deltastream-stores drift stores --exit-code
