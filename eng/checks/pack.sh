#!/usr/bin/env bash
# Packs the library, its charts and the gti tool into artifacts/packages, and uses them from an empty folder: in a project, in a file-based program, in the
# notebook kernel, and as a tool. usage: eng/checks/pack.sh. Exit code 77: this machine cannot do it.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 OMP_NUM_THREADS=1
packages=$PWD/artifacts/packages root=$PWD
fail() { echo "pack.sh: $*" >&2; exit 1; }

{ command -v unzip && /usr/bin/python3 -c 'import nbclient' 2>/dev/null; } >/dev/null || {
    echo "pack.sh: needs unzip and nbclient (Debian: unzip python3-nbclient)" >&2
    [[ ${CI-} == true ]] && exit 1 # a build server may not go without
    exit 77
}
version=$(dotnet msbuild src/GtiNotebooks -getProperty:Version)
libtorch=$(dotnet msbuild src/GtiNotebooks -getProperty:LibTorchVersion)
rm -rf "$packages"
for project in GtiNotebooks GtiNotebooks.Interactive GtiNotebooks.Host; do
    dotnet pack "src/$project" -c Release -o "$packages" --nologo -v quiet
done

# A package: exactly these dependencies, and exactly one dll. usage: look_into ID 'DEPENDENCY VERSION ...' FILE...
look_into() {
    local id=$1 expected=$2 package=$packages/$1.$version nuspec dependencies files file
    shift 2
    nuspec=$(unzip -p "$package.nupkg" "$id.nuspec")
    dependencies=$(sed -n 's/.*<dependency id="\([^"]*\)" version="\([^"]*\)".*/\1 \2/p' <<<"$nuspec" | LC_ALL=C sort | paste -sd ' ')
    [[ $dependencies == "$expected" ]] || fail "the dependencies of $id are: $dependencies"
    grep -q '<license type="expression">MIT</license>' <<<"$nuspec" || fail "no licence in the nuspec of $id"
    grep -q '<readme>README.md</readme>' <<<"$nuspec" || fail "no readme in the nuspec of $id"
    files=$(unzip -Z1 "$package.nupkg")
    for file in README.md interactive-extensions/dotnet/extension.dib "lib/net10.0/$id.dll" "lib/net10.0/$id.xml" "$@"; do
        grep -qx "$file" <<<"$files" || fail "the package $id has no $file"
    done
    [[ $(grep -c '\.dll$' <<<"$files") == 1 ]] || fail "the package $id has more than one dll"
    # Not through a pipe: grep ends at the first match, and pipefail would blame the program before it.
    files=$(unzip -Z1 "$package.snupkg")
    grep -qx "lib/net10.0/$id.pdb" <<<"$files" || fail "the symbol package of $id has no pdb"
}
look_into GtiNotebooks 'TorchSharp 0.107.0' CHANGELOG.md
look_into GtiNotebooks.Interactive "FSharp.Core 10.1.403 GtiNotebooks $version Microsoft.Data.Analysis 0.23.1 Plotly.NET 6.0.0 Plotly.NET.CSharp 0.14.0"

# An empty folder with a package cache of its own, so that no package of an earlier run is taken; what others made comes from the usual cache.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
usual=$(dotnet nuget locals global-packages --list)
export NUGET_FALLBACK_PACKAGES=${usual#*: } NUGET_PACKAGES=$folder/cache
cp -r .config "$folder" # the kernel's version
cd "$folder"
echo "<configuration><packageSources><add key=\"packed\" value=\"$packages\" /></packageSources></configuration>" >nuget.config
expect() { [[ $2 == *"$3"* ]] || fail "$1: '$3' is not in what it printed: $2"; }

cat >program.txt <<'END'
using System.Runtime.CompilerServices;
using GtiNotebooks.Torch;
using TorchSharp;

try { if (args is ["torch-first"]) Compute(); }
catch (TypeInitializationException) { }
Load();
Compute();

[MethodImpl(MethodImplOptions.NoInlining)] static void Load() => LibTorch.Load();
[MethodImpl(MethodImplOptions.NoInlining)] static void Compute() => Console.WriteLine($"sum {torch.arange(5).sum().item<long>()}");
END
mkdir project
cp program.txt project/Program.cs
cat >project/project.csproj <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="GtiNotebooks" Version="$version" />
    <PackageReference Include="libtorch-cpu-linux-x64" Version="$libtorch" />
  </ItemGroup>
</Project>
END
expect 'a project' "$(dotnet run --project project 2>&1)" 'sum 10'
[[ ! -d project/bin/Debug/net10.0/cpu ]] || fail 'a project: TorchSharp copied LibTorch'
if [[ $(dotnet run --project project --no-build 2>&1) == *'copy in memory'* ]]; then
    expect 'torch first' "$(dotnet run --project project --no-build torch-first 2>&1)" 'torch was used before GtiNotebooks and failed'
fi
rm -r project

{ printf '#:package %s\n' "GtiNotebooks@$version" "libtorch-cpu-linux-x64@$libtorch"; echo '#:property PublishAot=false'; cat program.txt; } >program.cs
expect 'a file' "$(dotnet run program.cs 2>&1)" 'sum 10'

export JUPYTER_DATA_DIR=$folder/jupyter
dotnet tool restore >/dev/null
"$root/eng/kernel.sh" >/dev/null
/usr/bin/python3 - "$packages" "$version" "$libtorch" <<'END'
import sys
import nbformat
from nbclient import NotebookClient
packages, version, libtorch = sys.argv[1:]
cells = [f'#i "nuget:{packages}"\n#r "nuget: libtorch-cpu-linux-x64, {libtorch}"\n#r "nuget: GtiNotebooks.Interactive, {version}"', 'TorchSharp.torch.arange(5).sum().item<long>()']
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
NotebookClient(notebook, kernel_name='.net-csharp', timeout=300).execute()
for cell, expected in zip(notebook.cells, ['Charts draw with plotly.js', '<pre>10</pre>']):
    if expected not in str(cell.outputs) or any(output.get('name') == 'stderr' for output in cell.outputs):
        sys.exit(f'pack.sh: the kernel gives {cell.outputs} for {cell.source}')
END

dotnet tool install GtiNotebooks.Tool --version "$version" --source "$packages" --tool-path tool >log 2>&1 || { cat log >&2; fail "the tool could not be installed"; }
expect 'the tool' "$(tool/gti --help)" '  export '
tool/gti semantic-ids --data "$root/data/wardrobe" --out ids --learner ResidualKMeans --codebook-size 16 >log 2>&1 || { cat log >&2; fail "the tool computes nothing"; }
ls -1 "$packages"
