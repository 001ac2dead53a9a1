#!/usr/bin/env bash
# Builds the Kubernetes servers that tests and the demo run against, into bin/.
#   bash build.sh           all versions
#   bash build.sh 1.36      one of them
# The first time takes minutes; what is built from these very sources is left
# alone. No -trimpath: it has a build cache of its own, and would fill both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p bin

build() { # SHORT FULL MODFILE TAGS
  local out=bin/kube-$1$(go env GOEXE) stamp
  stamp="$(go env GOVERSION GOOS GOARCH | tr '\n' ' ')$(cat -- *.go "$3" "${3%.mod}.sum" build.sh | cksum)"
  if [ -x "$out" ] && [ "$(cat "$out.stamp" 2>/dev/null)" = "$stamp" ]; then
    echo "kube $1: up to date"
    return
  fi
  echo "kube $1: building Kubernetes $2 and etcd from source; this takes minutes the first time"
  go build -modfile="$3" -tags="$4" -o "$out.tmp" -ldflags="-s -w \
    -X k8s.io/component-base/version.gitVersion=$2 -X k8s.io/client-go/pkg/version.gitVersion=$2" .
  mv "$out.tmp" "$out" # a running server keeps the old file
  printf '%s\n' "$stamp" > "$out.stamp"
  echo "kube $1: built in ${SECONDS} s"
}

[ $# -gt 0 ] || set -- 1.36 1.33
for version in "$@"; do
  SECONDS=0
  case $version in
    1.36) build 1.36 v1.36.3 go.mod "" ;;
    1.33) build 1.33 v1.33.13 go.v133.mod v133 ;;
    *) echo "build.sh: no version $version; there are 1.36 and 1.33" >&2; exit 2 ;;
  esac
done
