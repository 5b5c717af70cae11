#!/usr/bin/env bash
# Packs the library, its charts and the gti tool into artifacts/packages, reads what was packed, and installs and runs the tool. usage: eng/checks/pack.sh
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
packages=$PWD/artifacts/packages
fail() { echo "pack.sh: $*" >&2; exit 1; }

command -v unzip >/dev/null || fail "needs unzip"
version=$(dotnet msbuild src/GtiNotebooks -getProperty:Version)
rm -rf "$packages"
for project in GtiNotebooks GtiNotebooks.Interactive GtiNotebooks.Host; do
    dotnet pack "src/$project" -c Release -o "$packages" --nologo -v quiet
done

# A package: exactly these dependencies, whatever the profile, and exactly one dll. usage: look_into ID 'DEPENDENCY VERSION ...' FILE...
look_into() {
    local id=$1 expected=$2 package=$packages/$1.$version nuspec dependencies files file
    shift 2
    nuspec=$(unzip -p "$package.nupkg" "$id.nuspec")
    dependencies=$(sed -n 's/.*<dependency id="\([^"]*\)" version="\([^"]*\)".*/\1 \2/p' <<<"$nuspec" | LC_ALL=C sort | paste -sd ' ')
    [[ $dependencies == "$expected" ]] || fail "the dependencies of $id are: $dependencies"
    grep -q '<license type="expression">MIT</license>' <<<"$nuspec" || fail "no licence in the nuspec of $id"
    grep -q '<readme>README.md</readme>' <<<"$nuspec" || fail "no readme in the nuspec of $id"
    files=$(unzip -Z1 "$package.nupkg")
    for file in README.md "lib/net10.0/$id.dll" "lib/net10.0/$id.xml" "$@"; do
        grep -qx "$file" <<<"$files" || fail "the package $id has no $file"
    done
    [[ $(grep -c '\.dll$' <<<"$files") == 1 ]] || fail "the package $id has more than one dll"
    # Not through a pipe: grep ends at the first match, and pipefail would blame the program before it.
    files=$(unzip -Z1 "$package.snupkg")
    grep -qx "lib/net10.0/$id.pdb" <<<"$files" || fail "the symbol package of $id has no pdb"
}
look_into GtiNotebooks 'TorchSharp 0.107.0' CHANGELOG.md
look_into GtiNotebooks.Interactive "FSharp.Core 11.0.101 GtiNotebooks $version Microsoft.Data.Analysis 0.23.0 Plotly.NET 5.1.0 Plotly.NET.CSharp 0.13.0" \
    lib/net10.0/plotly.min.js interactive-extensions/dotnet/extension.dib

# The tool, as its user gets it.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && NUGET_PACKAGES=$folder/cache dotnet tool install GtiNotebooks.Tool --version "$version" --source "$packages" --tool-path "$folder/tool" >"$folder/log" 2>&1) ||
    { cat "$folder/log" >&2; fail "the tool could not be installed"; }
help=$("$folder/tool/gti" --help)
grep -q '  export ' <<<"$help" || fail "the tool does not run"
if [[ -f .offline ]]; then
    echo "packed in the offline profile: for looking, not for publishing (the libraries were compiled against stand-ins, and the tool carries them)"
fi
ls -1 "$packages"
