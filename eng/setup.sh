# Makes a machine ready. Sourced by gti. Every step looks first and does nothing when there is nothing to do, so that a second start is quick.

say() { echo "gti: $*" >&2; }
die() { say "$*"; exit 1; }

stamps=$root/artifacts/setup

# fresh STEP KEY: whether the step was last done with this key.
fresh() { [[ -f $stamps/$1 && $(<"$stamps/$1") == "$2" ]]; }
stamp() { mkdir -p "$stamps" && echo "$2" >"$stamps/$1"; }

# hash_of PATH...: one hash of the contents of files and folders, without what builds leave behind.
hash_of() {
    (cd "$root" && find "$@" -type d \( -name bin -o -name obj \) -prune -o -type f -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum | sha256sum | cut -c 1-64)
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this needs root, and there is no sudo: run '$*' as root, then start again"
    fi
}

# quietly STEP COMMAND...: runs it with its output in artifacts/setup/STEP.log.
quietly() {
    local log=$stamps/$1.log
    shift
    mkdir -p "$stamps"
    "$@" >"$log" 2>&1 </dev/null
}

setup_sdk() {
    command -v dotnet >/dev/null || die "the .NET 10 SDK is missing: install it (https://dot.net/download), then start again"
    local version
    # .NET finds no ICU on a bare Debian and would stop with a message about globalisation.
    if [[ -f /etc/debian_version ]] && ! compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null; then setup_apt "$(icu_package)"; fi
    version=$(cd "$root" && dotnet --version 2>/dev/null) && [[ $version == 10.* ]] ||
        die "the .NET 10 SDK is missing ('dotnet' finds none that global.json accepts): install it (https://dot.net/download), then start again"
}

# Debian numbers the package with the library: 72 in Debian 12, 76 in Debian 13.
icu_package() { if [[ $(</etc/debian_version) == 12* ]]; then echo libicu72; else echo libicu76; fi; }

# setup_profile [offline]: chooses the package profile once; the marker file .offline is what the build looks at.
setup_profile() {
    if [[ ${1-} == offline && ! -f $root/.offline ]]; then
        say "--offline: using the stand-ins under src/Offline instead of packages (marker file .offline; delete it to go back)"
        : >"$root/.offline"
    fi
    if [[ -f $root/.offline ]]; then
        profile=offline
        return
    fi
    profile=nuget
    local key log=$stamps/restore.log exit_code=0
    key=$(cd "$root" && hash_of GtiNotebooks.sln global.json Directory.*.props Directory.*.targets src/*/*.csproj tests/*/*.csproj tests/*.props)
    fresh restore "$key" && return
    say "restoring packages"
    mkdir -p "$stamps"
    dotnet restore "$root/GtiNotebooks.sln" -p:PackageProfile=nuget --nologo >"$log" 2>&1 </dev/null || exit_code=$?
    case $(profile_of_restore "$exit_code" "$log") in
        nuget) stamp restore "$key" ;;
        offline)
            say "the package feed here does not have $(missing_packages "$log"): using the stand-ins under src/Offline instead (marker file .offline; delete it to try again)"
            : >"$root/.offline"
            profile=offline
            ;;
        *)
            die "the packages could not be restored: $(first_error "$log") (log: artifacts/setup/restore.log; --offline builds without them)"
            ;;
    esac
}

first_error() { grep -m 1 -i error "$1" | sed 's/.*error \(NU[0-9]*: \)/\1/; s/ *\[[^]]*\]$//' | cut -c 1-300; }
missing_packages() { sed -n 's/.*error NU1101: Unable to find package \([^ ]*\)\. .*/\1/p' "$1" | LC_ALL=C sort -u | paste -sd ' '; }

# TorchSharp's native library was built with GCC 13: the C++ library of an older system (Debian 12, Ubuntu 22.04) does not load it, and the message
# that .NET gives then does not say so.
setup_cpp_library() {
    local needed=GLIBCXX_3.4.32 library
    library=$("$(command -v ldconfig || echo /sbin/ldconfig)" -p 2>/dev/null | grep -m 1 'libstdc++\.so\.6 (.*x86-64' | sed 's/.* => //') || return 0
    [[ -z ${LD_LIBRARY_PATH-} && -f $library ]] || return 0
    grep -q "$needed" "$library" || die "the TorchSharp package needs a C++ library with $needed, and $library is older: use Debian 13, Ubuntu 24.04 or newer, or --offline, which builds the stand-ins on this system's LibTorch"
}

# setup_apt PACKAGE...: installs the Debian packages that are not there yet.
setup_apt() {
    local package missing=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] && return
    command -v apt-get >/dev/null || die "this system has no apt-get: install what Debian calls ${missing[*]} by hand, then start again"
    say "installing Debian packages: ${missing[*]}"
    [[ $EUID -eq 0 ]] || command -v sudo >/dev/null || die "this needs root, and there is no sudo: run 'apt-get install ${missing[*]}' as root, then start again"
    quietly apt-update as_root apt-get update -q -o APT::Update::Error-Mode=any ||
        die "apt-get update failed (is there a network? are you root?); the log is artifacts/setup/apt-update.log"
    quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" ||
        die "apt-get could not install ${missing[*]}; the log is artifacts/setup/apt-install.log"
}

sha256_of() { sha256sum "$1" | cut -c 1-64; }

# Notebook pages carry their own plotly.js, because they must open with no network.
setup_plotly() {
    # It goes into every page and into a package, so not any file of that name and version will do.
    local version=2.35.2 sha256=72409fd95b505d17772f2dd9bb81a8672ce6d5b61dcf61ba1fd8442c9ea3e180
    local target=$root/artifacts/plotly/plotly.min.js folder found
    [[ -f $target && $(sha256_of "$target") == "$sha256" ]] && return
    command -v npm >/dev/null || setup_apt npm
    say "fetching plotly.js $version"
    folder=$(mktemp -d)
    (cd "$folder" && quietly plotly npm pack --silent "plotly.js-cartesian-dist-min@$version" && tar -xzf ./*.tgz) ||
        { rm -rf "$folder"; die "npm could not fetch plotly.js-cartesian-dist-min@$version (is there a network?); the log is artifacts/setup/plotly.log"; }
    found=$(sha256_of "$folder"/package/*.min.js)
    [[ $found == "$sha256" ]] ||
        { rm -rf "$folder"; die "plotly.js-cartesian-dist-min@$version is another file than the one that was looked at: its SHA-256 is $found, not $sha256; it is not used"; }
    mkdir -p "${target%/*}"
    mv "$folder"/package/*.min.js "$target.tmp" && mv "$target.tmp" "$target" && rm -rf "$folder"
}

# The program that does the work, published where no build of a test overwrites it while it runs.
setup_host() {
    local key
    key=$(hash_of src Directory.Build.props Directory.Build.targets Directory.Packages.props global.json artifacts/plotly)-$profile-${TorchDevice-cpu}
    fresh host "$key" && [[ -f $host ]] && return
    say "building (profile: $profile)"
    quietly host dotnet publish "$root/src/GtiNotebooks.Host" -c Release -o "${host%/*}" --nologo -v quiet ||
        { grep -E 'error|warning' "$stamps/host.log" | sort -u | head -n 20 >&2; die "the build failed; the log is artifacts/setup/host.log"; }
    stamp host "$key"
}
