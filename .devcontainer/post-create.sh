#!/usr/bin/env bash
# Makes a new container ready: packages restored, everything built, the first notebook run once, the kernel installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./gti setup
./gti notebook run notebooks/00-start-here.ipynb # shows that it works
eng/kernel.sh
