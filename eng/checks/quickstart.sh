#!/usr/bin/env bash
# Runs examples/quickstart.cs and looks at its table. usage: eng/checks/quickstart.sh
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
output=$(dotnet run examples/quickstart.cs)
echo "$output"
for start in mean grounded; do
    grep -Eq "^\| $start \| 0\.[0-9]{4} \| 0\.[0-9]{4} \| -?[0-9.]+ -> [0-9.]+ \| [0-9]+ \|$" <<<"$output" || { echo "quickstart.sh: no row '$start'" >&2; exit 1; }
done
