#!/usr/bin/env bash
# Builds Dex, a real identity provider for tests, into bin/dex. The first time
# takes some minutes; what is built from these very sources is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=bin/dex$(go env GOEXE)
stamp="$(go env GOVERSION GOOS GOARCH | tr '\n' ' ')$(cat -- *.go go.mod go.sum build.sh | cksum)"
if [ -x "$out" ] && [ "$(cat "$out.stamp" 2>/dev/null)" = "$stamp" ]; then
  echo "dex: up to date"
  exit
fi
echo "dex: building Dex from source; this takes minutes the first time"
mkdir -p bin
CGO_ENABLED=1 go build -ldflags="-s -w" -o "$out.tmp" . # its file storage is sqlite, in C
mv "$out.tmp" "$out" # a running server keeps the old file
printf '%s\n' "$stamp" > "$out.stamp"
echo "dex: built in $SECONDS s"
