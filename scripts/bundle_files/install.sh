#!/bin/sh
# sh install.sh FOLDER: installs from this folder alone. PYTHON=/path/to/python names the Python to use.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
for python in ${PYTHON:+"$PYTHON"} python@PYTHON@ python3 python; do
  if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != @TUPLE@)' 2>/dev/null; then
    exec "$python" "$here/install.py" "$@"
  fi
done
echo "需要 Python @PYTHON@（可用 PYTHON=路径 指明）。 Python @PYTHON@ is needed; PYTHON=/path/to/python names it." >&2
exit 1
