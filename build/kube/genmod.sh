#!/usr/bin/env bash
# Writes the go.mod of one Kubernetes version:
#   bash genmod.sh v1.36.3 go.mod          then: go mod tidy
#   bash genmod.sh v1.33.13 go.v133.mod    then: GOFLAGS=-tags=v133 go mod tidy -modfile=go.v133.mod
# k8s.io/kubernetes asks for its staging modules at v0.0.0 and replaces them by
# folders that its module does not contain, so each is replaced by its own v0.x.
set -euo pipefail
version=$1 out=$2 staging=v0.${1#v1.}
mod=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
{
  echo "module github.com/binnacle-dev/binnacle/build/kube"
  echo
  awk '$1 == "go" { print }' "$mod"
  echo
  grep '^godebug' "$mod" || true
  echo
  echo "require ("
  awk '$1 == "go.etcd.io/etcd/client/v3" { print "\tgo.etcd.io/etcd/server/v3 " $2; exit }' "$mod"
  printf '\tk8s.io/kubernetes %s\n)\n\nreplace (\n' "$version"
  sed -n 's#^\t\(k8s.io/[a-z-]*\) => ./staging.*#\t\1 => \1 '"$staging"'#p' "$mod"
  echo ")"
} > "$out"
