#!/usr/bin/env bash
# Packs the library and the gti tool into artifacts/packages, reads what was packed, and installs and runs the tool. usage: eng/checks/pack.sh
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
packages=$PWD/artifacts/packages
fail() { echo "pack.sh: $*" >&2; exit 1; }

command -v unzip >/dev/null || fail "needs unzip"
version=$(dotnet msbuild src/GtiNotebooks -getProperty:Version)
rm -rf "$packages"
dotnet pack src/GtiNotebooks -c Release -o "$packages" --nologo -v quiet
dotnet pack src/GtiNotebooks.Host -c Release -o "$packages" --nologo -v quiet

# The library: TorchSharp and nothing else, in the real package's version, whatever the profile.
nuspec=$(unzip -p "$packages/GtiNotebooks.$version.nupkg" GtiNotebooks.nuspec)
dependencies=$(grep -o '<dependency id="[^"]*" version="[^"]*"' <<<"$nuspec")
[[ $dependencies == '<dependency id="TorchSharp" version="0.107.0"' ]] || fail "the library's dependencies are: $dependencies"
grep -q '<license type="expression">MIT</license>' <<<"$nuspec" || fail "no licence in the nuspec"
grep -q '<readme>README.md</readme>' <<<"$nuspec" || fail "no readme in the nuspec"
files=$(unzip -Z1 "$packages/GtiNotebooks.$version.nupkg")
for file in README.md CHANGELOG.md lib/net10.0/GtiNotebooks.dll lib/net10.0/GtiNotebooks.xml; do
    grep -qx "$file" <<<"$files" || fail "the package has no $file"
done
[[ $(grep -c '\.dll$' <<<"$files") == 1 ]] || fail "the package has more than one dll"
unzip -Z1 "$packages/GtiNotebooks.$version.snupkg" | grep -qx lib/net10.0/GtiNotebooks.pdb || fail "the symbol package has no pdb"

# The tool, as its user gets it.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && NUGET_PACKAGES=$folder/cache dotnet tool install GtiNotebooks.Tool --version "$version" --source "$packages" --tool-path "$folder/tool" >"$folder/log" 2>&1) ||
    { cat "$folder/log" >&2; fail "the tool could not be installed"; }
"$folder/tool/gti" --help | grep -q '  export ' || fail "the tool does not run"
if [[ -f .offline ]]; then
    echo "packed in the offline profile: for looking, not for publishing (the library was compiled against the stand-in, and the tool carries it)"
fi
ls -1 "$packages"
