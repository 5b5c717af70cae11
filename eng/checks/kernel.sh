#!/usr/bin/env bash
# Runs every notebook in Jupyter's C# kernel, as eng/kernel.sh installs it: no error, nothing on stderr, live progress, charts and tables as saved.
# Exit code 77: this machine cannot do it.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
/usr/bin/python3 -c 'import nbclient' 2>/dev/null || {
    echo "kernel.sh: needs nbclient (Debian: python3-nbclient)" >&2
    [[ ${CI-} == true ]] && exit 1 # a build server may not go without
    exit 77
}
[[ -f artifacts/host/GtiNotebooks.dll ]] || { echo "kernel.sh: artifacts/host is missing: run ./gti setup" >&2; exit 1; }
export JUPYTER_DATA_DIR=$PWD/artifacts/jupyter OMP_NUM_THREADS=1
eng/kernel.sh >/dev/null
/usr/bin/python3 eng/checks/kernel.py eng/checks/plotly-net.ipynb notebooks/*.ipynb
