#!/usr/bin/env bash
# desktop.sh COMMAND...  Runs COMMAND on a session of its own: a D-Bus, a keyring that is unlocked, a HOME in $DESKTOP_HOME
# (made and removed when unset), and, where there is no display or with DESKTOP_XVFB=1, an X server of its own with a window
# manager (GTK's dialogs and focus misbehave without one). The user's own session, files and keyring are never touched.
# DESKTOP_KEYRING=none gives a session without any keyring. When it ends, or is ended by a signal, all that it started goes.
set -uo pipefail
home=${DESKTOP_HOME:-}
made=''
[ -n "$home" ] || { home=$(mktemp -d); made=$home; }
mkdir -p "$home"
groups=()
stop() {
  for g in "${groups[@]}"; do kill -TERM -- "-$g" 2>/dev/null; done
}
finish() {
  stop
  wait 2>/dev/null
  [ -z "$made" ] || rm -rf "$made"
}
trap finish EXIT
trap stop INT TERM HUP

# Each has a process group of its own, so that a signal reaches its children too.
set -m
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ -n "${DESKTOP_XVFB:-}" ]; then
  number=$(mktemp)
  exec 9>"$number"
  Xvfb -displayfd 9 -screen 0 "${DESKTOP_SCREEN:-1920x1080x24}" -nolisten tcp >/dev/null 2>&1 &
  groups+=($!)
  for _ in $(seq 100); do [ -s "$number" ] && break; sleep 0.1; done
  exec 9>&-
  [ -s "$number" ] || { echo "desktop: Xvfb did not start" >&2; exit 1; }
  DISPLAY=":$(cat "$number")"
  export DISPLAY
  rm -f "$number"
  unset WAYLAND_DISPLAY
  openbox >/dev/null 2>&1 &
  groups+=($!)
fi
# What the display needs lies where HOME and the runtime folder were.
case "${WAYLAND_DISPLAY:-}" in '' | /*) ;; *) export WAYLAND_DISPLAY="${XDG_RUNTIME_DIR:-/run/user/$UID}/$WAYLAND_DISPLAY" ;; esac
[ -n "${XAUTHORITY:-}" ] || [ ! -f "${HOME:-}/.Xauthority" ] || export XAUTHORITY="$HOME/.Xauthority"
export HOME="$home" XDG_CONFIG_HOME="$home/.config" XDG_DATA_HOME="$home/.local/share" XDG_CACHE_HOME="$home/.cache"
export XDG_RUNTIME_DIR="$home/run" NO_AT_BRIDGE=1
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
unset KUBECONFIG

bus=(dbus-run-session)
unlock='printf desktop | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
if [ "${DESKTOP_KEYRING:-}" = none ]; then
  # Without service folders nothing can be started by its name.
  cat >"$home/bus.conf" <<'CONF'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
CONF
  bus+=(--config-file="$home/bus.conf")
  unlock=true
fi
"${bus[@]}" -- bash -c "$unlock; exec \"\$@\"" desktop "$@" </dev/null &
session=$!
groups+=("$session")
set +m
# A signal ends the wait before the session has ended.
rc=0
while kill -0 "$session" 2>/dev/null; do wait "$session"; rc=$?; done
exit "$rc"
