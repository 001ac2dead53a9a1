#!/usr/bin/env bash
# Builds KWOK, which plays nodes and pods for tests, into bin/kwok, and joins what
# its module ships of how those behave into bin/stages.yaml. The first time takes a
# minute or two; what is built from these very sources is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=bin/kwok$(go env GOEXE)
stamp="$(go env GOVERSION GOOS GOARCH | tr '\n' ' ')$(cat -- go.mod go.sum build.sh | cksum)"
if [ -x "$out" ] && [ -f bin/stages.yaml ] && [ "$(cat "$out.stamp" 2>/dev/null)" = "$stamp" ]; then
  echo "kwok: up to date"
  exit
fi
echo "kwok: building KWOK from source; this takes a minute or two the first time"
mkdir -p bin
stages=$(go list -m -f '{{.Dir}}' sigs.k8s.io/kwok)/kustomize/stage
for stage in node/fast/node-initialize node/heartbeat-with-lease/node-heartbeat-with-lease \
  pod/fast/pod-ready pod/fast/pod-complete pod/fast/pod-delete; do
  cat "$stages/$stage.yaml"
  echo ---
done > bin/stages.yaml
go build -ldflags="-s -w" -o "$out.tmp" sigs.k8s.io/kwok/cmd/kwok
mv "$out.tmp" "$out" # a running one keeps the old file
printf '%s\n' "$stamp" > "$out.stamp"
echo "kwok: built in $SECONDS s"
