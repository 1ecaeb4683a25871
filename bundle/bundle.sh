#!/bin/sh
# Make one archive that installs Yiju on a machine without network, of the same system and Python.
#
#   bundle/bundle.sh PYTHON [EXTRAS]      make bundle EXTRAS='[ocr]'
#
# All wheels are those of constraints.txt; what has none, as jieba, is built here.
set -eu
python=$1
extras=${2:-}
name=$("$python" -c '
import sysconfig, tomllib
version = tomllib.load(open("pyproject.toml", "rb"))["project"]["version"]
python = sysconfig.get_config_var("py_version_nodot")
print(f"yiju-{version}-py{python}-{sysconfig.get_platform()}")')
folder=build/bundle/$name
rm -rf build/bundle build/lib build/bdist.*  # setuptools would pack what is left in build/lib
mkdir -p "$folder"
"$python" -m pip wheel --disable-pip-version-check --quiet -c constraints.txt \
    --wheel-dir "$folder/wheels" ".$extras"
echo "yiju$extras" > "$folder/requirements.txt"
cp bundle/install.sh README.md README.zh.md LICENSE "$folder"
tar -czf "build/$name.tar.gz" -C build/bundle "$name"
rm -rf build/bundle build/lib build/bdist.*
echo "build/$name.tar.gz has $(du -m "build/$name.tar.gz" | cut -f1) MB. Unpack it there, and run install.sh."
