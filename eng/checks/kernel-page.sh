#!/usr/bin/env bash
# Runs a notebook in Jupyter's page, in a headless Chromium without a network: charts are drawn, progress is live. Its picture is artifacts/kernel-page.png.
# Exit code 77: this machine cannot do it.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
{ command -v jupyter-notebook && command -v chromium; } >/dev/null || {
    echo "kernel-page.sh: needs Jupyter Notebook and Chromium (Debian: jupyter-notebook chromium)" >&2
    [[ ${CI-} == true ]] && exit 1 # a build server may not go without
    exit 77
}
[[ -f artifacts/host/GtiNotebooks.dll ]] || { echo "kernel-page.sh: artifacts/host is missing: run ./gti setup" >&2; exit 1; }
export JUPYTER_DATA_DIR=$PWD/artifacts/jupyter OMP_NUM_THREADS=1 PYDEVD_DISABLE_FILE_VALIDATION=1
eng/kernel.sh >/dev/null
/usr/bin/python3 eng/checks/kernel-page.py notebooks/05-your-own-catalogue.ipynb artifacts/kernel-page.png
