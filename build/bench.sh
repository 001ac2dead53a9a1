#!/usr/bin/env bash
# bench.sh [FLAG...]  Measures start, memory, login, edits, import, size, the merged table and its page; prints a table and writes build/bench.json.
# The flags are those of build/bench. What it measures was built before (make build rig shim dev).
set -euo pipefail
cd "$(dirname "$0")/.."
go build -o build/bin/bench ./build/bench
go build -o build/bin/herd ./build/rig/herd/serve
if [ "$(uname -s)" != Linux ]; then exec build/bin/bench "$@"; fi
# The flags of the program itself, so that the two windows differ in what they show and do alone.
go build -tags desktop,production,webkit2_41 -trimpath -buildvcs=false -ldflags "-s -w -buildid=" -o build/bin/bench-empty ./build/bench/empty
# A session, keyring and HOME of its own: the profile that is measured never meets the user's.
# What the session's daemons say is no news.
DESKTOP_XVFB=1 build/desktop.sh build/bin/bench "$@" 2> >(grep -vE '^(dbus-daemon|SpiRegistry|X connection)' >&2)
