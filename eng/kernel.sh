#!/usr/bin/env bash
# Installs the C# notebook kernel, in the version that .config/dotnet-tools.json pins, for Jupyter and for VS Code's Jupyter extension.
# Linux and macOS; on Windows: dotnet tool restore, then dotnet interactive jupyter install
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT=1
dotnet tool restore
if [[ $(uname) == Darwin ]]; then data=$HOME/Library/Jupyter; else data=${XDG_DATA_HOME:-$HOME/.local/share}/jupyter; fi
specs=${JUPYTER_DATA_DIR:-$data}/kernels
mkdir -p "$specs" # the installer makes no folder, and needs no Jupyter where it is told one
dotnet tool run dotnet-interactive -- jupyter install --path "$specs"
echo "installed .NET (C#) in $specs; it starts the pinned version in folders of this checkout"
