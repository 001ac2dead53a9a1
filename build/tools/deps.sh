#!/usr/bin/env bash
# deps.sh PACKAGE...  Installs what is missing: by apt on Debian and Ubuntu; macOS brings toolkit and webview itself.
set -euo pipefail
for tool in go node npm; do
  command -v "$tool" >/dev/null || { echo "deps: $tool is missing; install Go 1.26 and Node 20.19 or newer first" >&2; exit 1; }
done
if ! command -v dpkg-query >/dev/null; then
  [ "$(uname -s)" = Darwin ] || echo "deps: not a Debian; install by hand what is missing of: $*" >&2
  exit 0
fi
missing=()
for p in "$@"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p")
done
[ ${#missing[@]} -gt 0 ] || exit 0
echo "deps: installing ${missing[*]}"
root=(); [ "$(id -u)" = 0 ] || root=(sudo)
# Of slapd only the program is wanted: the service that it brings isn't started now and not at the next boot. One that was here before is left alone.
policy=/usr/sbin/policy-rc.d service=
case " ${missing[*]} " in *" slapd "*) service=slapd ;; esac
if [ -n "$service" ] && [ ! -e "$policy" ]; then
  trap '"${root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${root[@]}" install -m 755 /dev/stdin "$policy"
fi
"${root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
[ -z "$service" ] || "${root[@]}" update-rc.d "$service" disable 2>/dev/null # systemctl complains of what has no unit
