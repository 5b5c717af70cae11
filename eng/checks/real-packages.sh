#!/usr/bin/env bash
# The library on the real TorchSharp, on a bare Debian 13: the tests of what it uses of the package, its own tests, and the quickstart.
# Exit code 77: this machine cannot do it, or its package feed has no TorchSharp.
set -euo pipefail
exec "${BASH_SOURCE[0]%/*}/../bare-debian.sh" trixie '
set -e
apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends libicu76 libstdc++6 >/dev/null
source eng/profile.sh
code=0
dotnet restore tests/GtiNotebooks.Tests -p:PackageProfile=nuget --nologo >restore.log 2>&1 || code=$?
case $(profile_of_restore "$code" restore.log) in
    nuget) ;;
    offline) grep -m 1 NU1101 restore.log; exit 77 ;;
    *) cat restore.log; exit 1 ;;
esac
for project in TorchSharp.Tests GtiNotebooks.Tests; do
    OMP_NUM_THREADS=1 dotnet test "tests/$project" -p:PackageProfile=nuget --nologo -v quiet --logger "console;verbosity=minimal"
done
OMP_NUM_THREADS=1 dotnet run examples/quickstart.cs'
