#!/usr/bin/env bash
# The stand-in for TorchSharp on Debian 13: it builds against LibTorch 2.6 and passes its tests. Exit code 77: this machine cannot do it.
set -euo pipefail
exec "${BASH_SOURCE[0]%/*}/../bare-debian.sh" trixie '
set -e
apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends g++ libtorch-dev libopenblas0-openmp libicu76 >/dev/null
touch .offline
OMP_NUM_THREADS=1 dotnet test tests/TorchSharp.Tests --nologo -v quiet --logger "console;verbosity=minimal"
dpkg-query -W -f "LibTorch \${Version}\n" libtorch-dev'
