#!/bin/sh
# Install Yiju from the folder of this script, without network.
#
#   ./install.sh [FOLDER]      into a virtual environment there, ./yiju by default
#
# PYTHON names the Python to use, python3 by default; it must be the one that the name of the
# folder tells: py311 is Python 3.11.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${1:-yiju}
python=${PYTHON:-python3}
wanted=$(basename "$here" | sed -n 's/.*-py3\([0-9]*\)-.*/3.\1/p')
present=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ -n "$wanted" ] && [ "$wanted" != "$present" ]; then
    echo "These are the packages for Python $wanted, but $python is Python $present." >&2
    echo "Name the right one: PYTHON=python$wanted ./install.sh" >&2
    exit 1
fi
"$python" -m venv "$target" || {
    echo "On Debian and Ubuntu, install the package python3-venv first." >&2
    exit 1
}
"$target/bin/python" -m pip install --disable-pip-version-check --quiet \
    --no-index --find-links "$here/wheels" --requirement "$here/requirements.txt"
echo "Yiju is installed. Try it with sample articles: $target/bin/yiju demo"
echo "Serve your own articles: $target/bin/yiju serve --articles FOLDER"
