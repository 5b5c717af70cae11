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

# watched STEP WHAT STATE COMMAND...: quietly, but says WHAT it does, and every five seconds what STATE prints.
watched() {
    local step=$1 what=$2 state=$3 exit_code=0 ticker
    shift 3
    say "$what"
    (
        seconds=0
        while sleep 5 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
            seconds=$((seconds + 5))
            say "  $($state), $seconds s"
        done
    ) &
    ticker=$!
    quietly "$step" "$@" || exit_code=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    return "$exit_code"
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

# setup_apt PACKAGE...: installs the Debian packages that are not there yet.
setup_apt() {
    local package missing=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] && return
    command -v apt-get >/dev/null || die "this system has no apt-get: install what Debian calls ${missing[*]} by hand, then start again"
    [[ $EUID -eq 0 ]] || command -v sudo >/dev/null || die "this needs root, and there is no sudo: run 'apt-get install ${missing[*]}' as root, then start again"
    watched apt-update "reading Debian's package lists" apt_state as_root apt-get update -q -o APT::Update::Error-Mode=any ||
        die "apt-get update failed (is there a network? are you root?); the log is artifacts/setup/apt-update.log"
    watched apt-install "installing Debian packages: ${missing[*]}" apt_state as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" ||
        die "apt-get could not install ${missing[*]}; the log is artifacts/setup/apt-install.log"
}

apt_state() { tail -n 1 "$stamps"/apt-*.log | tail -n 1 | cut -c 1-100; }

# The program that does the work, built where no build of a test overwrites it while it runs.
setup_host() {
    local project=$root/src/GtiNotebooks.Host key
    key=$(hash_of src Directory.Build.props Directory.Build.targets Directory.Packages.props global.json)-${TorchDevice-cpu}
    fresh host "$key" && [[ -f $host ]] && return
    watched restore 'restoring packages (1.1 GB on disk)' packages_restored dotnet restore "$project" --nologo ||
        die "the packages could not be restored: $(first_error restore) (log: artifacts/setup/restore.log)"
    watched host 'building' projects_built dotnet build "$project" -c Release -o "${host%/*}" --no-restore --nologo ||
        die "the build failed: $(first_error host) (log: artifacts/setup/host.log)"
    stamp host "$key"
}

first_error() { grep -m 1 -i error "$stamps/$1.log" | sed 's/.*error \([A-Z]*[0-9]*: \)/\1/; s/ *\[[^]]*\]$//' | cut -c 1-300; }

# Of the packages that the lock file names, those that lie in NuGet's folder.
packages_restored() {
    local package done=0 total=0
    for package in $(awk -F '"' '/^      "/ { id = $2 } /"resolved"/ { print tolower(id "/" $4) }' "$root/src/GtiNotebooks.Host/packages.lock.json" | sort -u); do
        total=$((total + 1))
        [[ ! -f ${NUGET_PACKAGES:-$HOME/.nuget/packages}/$package/.nupkg.metadata ]] || done=$((done + 1))
    done
    echo "$done of $total"
}

projects_built() { echo "$(grep -c ' -> ' "$stamps/host.log" || true) of 3 projects"; }
