#!/bin/sh
# Installs Debian's Chromium and a Chinese font, unless they are there; never fails a test run.
set -u

if command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "No Chromium or no Chinese font, and no right to install them: page tests will be skipped."
    echo "As root: apt-get install chromium fonts-noto-cjk fontconfig"
    exit 0
fi
echo "Installing Chromium and a Chinese font …"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends \
    chromium fontconfig fonts-noto-cjk; } >/dev/null; then
    echo "apt-get could not install them: page tests will be skipped."
fi
