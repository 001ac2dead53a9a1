#!/usr/bin/env bash
# lint.sh  Runs golangci-lint of the version that build/tools/go.mod pins; it is built on the first run (some minutes).
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=build/bin/golangci-lint
if [ ! -x "$bin" ] || [ build/tools/go.mod -nt "$bin" ]; then
  echo "lint: building golangci-lint"
  (cd build/tools && go build -o ../bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint)
fi
"$bin" run ./...
go mod tidy -diff
