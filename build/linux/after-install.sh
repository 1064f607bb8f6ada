#!/bin/sh
# After unpacking. Desktop database, icon cache and manual pages are brought up to date by the system's own triggers.
set -e

# The helper of Chromium's sandbox. Chromium itself asks for user namespaces first and uses this where there are none;
# whether there are may change with any boot, so it is always ready. What the administrator has decided about it counts.
sandbox=/opt/Tamas/chrome-sandbox
if ! { command -v dpkg-statoverride >/dev/null 2>&1 && dpkg-statoverride --list "$sandbox" >/dev/null 2>&1; }; then
  chown root:root "$sandbox"
  chmod 4755 "$sandbox"
fi
