#!/usr/bin/env bash
# demo.sh  Five real clusters on loopback, and Binnacle on a view of them that is ready: imported and logged in by driving the
# program itself. With a display the window is then the person's until it is closed or Ctrl-C is pressed, which stops all of it;
# without one the program is walked through under Xvfb and leaves pictures in build/demo/pictures. Everything lies under
# build/demo: a HOME, a session and a keyring of its own. UPDATE_IMAGES=1 renews the pictures in docs/images.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x build/bin/binnacle ] && [ -x build/bin/rig ] || { echo 'demo: run "make demo", which builds what is needed' >&2; exit 1; }
exec node frontend/e2e/demo.mjs
