#!/usr/bin/env bash
# Runs a command in a checkout on a bare Debian: a fresh root with git, certificates and the .NET SDK of this machine, and nothing else.
# usage: eng/bare-debian.sh SUITE COMMAND    (SUITE: bookworm or trixie; needs root and debootstrap; what is not committed is not tested)
# Exit code 77: this machine cannot do it.
set -euo pipefail
[[ $# -eq 2 ]] || { sed -n 2,4p "${BASH_SOURCE[0]}" >&2; exit 2; }
suite=$1 command=$2
source_tree=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
skip() { echo "SKIPPED: $*" >&2; exit 77; }
[[ $EUID -eq 0 ]] || skip "a bare Debian root needs root"
command -v debootstrap >/dev/null || skip "no debootstrap (apt-get install debootstrap)"
command -v unshare >/dev/null || skip "no unshare"

# In mounts of its own, which end with it: nothing that is mounted into the root outlives the script.
if [[ ${GTI_BARE_INNER-} != 1 ]]; then
    GTI_BARE_INNER=1 exec unshare --mount --propagation private "${BASH_SOURCE[0]}" "$@"
fi

root=$(mktemp -d "${TMPDIR:-/tmp}/gti-bare-$suite.XXXXXX")
chmod 755 "$root" # apt reads it as a user of its own
log=$root.log
# Parts of this machine are mounted in the root: it is removed only when none is any more.
cleanup() {
    awk -v root="$root/" 'index($2, root) == 1 { print $2 }' /proc/self/mounts | sort -r | xargs -r umount -l || true
    if grep -q " $root/" /proc/self/mounts; then
        echo "bare-debian.sh: something is still mounted in $root; it was left" >&2
    else
        rm -rf --one-file-system "$root"
    fi
}
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
trap cleanup EXIT

debootstrap --variant=minbase --include=git,ca-certificates "$suite" "$root" >"$log" 2>&1 </dev/null ||
    { tail -n 5 "$log" >&2; echo "bare-debian.sh: debootstrap failed; the log is $log" >&2; exit 1; }
rm -f "$log"
git clone -q --no-hardlinks "$source_tree" "$root/checkout"

mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root$sdk"
mount --bind -o ro "$sdk" "$root$sdk"
ln -sf "$sdk/dotnet" "$root/usr/local/bin/dotnet"
mount --bind -o ro /etc/ssl/certs "$root/etc/ssl/certs" # a company's own authorities, too
cp /etc/resolv.conf "$root/etc/resolv.conf"

echo "$suite: $(<"$root/etc/debian_version"), dotnet $(chroot "$root" env -i HOME=/root DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 PATH=/usr/local/bin:/usr/bin:/bin dotnet --version)"
chroot "$root" env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    http_proxy="${http_proxy-}" https_proxy="${https_proxy-}" no_proxy="${no_proxy-}" \
    CI=true DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false \
    bash -c "cd /checkout && $command" </dev/null
