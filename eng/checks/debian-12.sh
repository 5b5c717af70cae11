#!/usr/bin/env bash
# As a new user on a bare Debian 12: setup, then the first notebook. Exit code 77: this machine cannot do it.
set -euo pipefail
exec "${BASH_SOURCE[0]%/*}/../bare-debian.sh" bookworm './gti setup && ./gti notebook run notebooks/00-start-here.ipynb && ls artifacts/host/GtiNotebooks.dll'
