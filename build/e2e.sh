#!/usr/bin/env bash
# e2e.sh [TEST...]  Runs the journeys, or those of the files named (frontend/e2e/j1.test.mjs, or just j1): the production
# program in its own window under Xvfb, driven by WebKitWebDriver, against real API servers. E2E_PATIENCE is how long it waits for anything, in ms.
set -euo pipefail
cd "$(dirname "$0")/.."
exec node --test-reporter=spec frontend/e2e/main.mjs "$@"
