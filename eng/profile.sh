# Which packages a build uses: the real ones (nuget) or the stand-ins under src/Offline (offline). Sourced by gti; uses bash alone.

# profile_of_restore EXIT_CODE LOG: what a finished 'dotnet restore' means. Prints
#   nuget    it worked
#   offline  the feed answered, and said for certain that a package does not exist there (NU1101)
#   error    anything else: no network, a bad login, a broken project file. Those are for the user to see, not to work around.
# NU1102 (the package exists, this version does not) and NU1603 (another version would be taken) may stand beside NU1101, but alone they are
# errors: a wrong pin looks like that.
profile_of_restore() {
    local exit_code=$1 log=$2 line verdict=error
    if [[ $exit_code -eq 0 ]]; then
        echo nuget
        return
    fi
    while IFS= read -r line || [[ -n $line ]]; do
        if [[ $line =~ error\ ([A-Z]+[0-9]+) ]]; then
            case ${BASH_REMATCH[1]} in
                NU1101) verdict=offline ;;
                NU1102 | NU1603) ;;
                *) echo error; return ;;
            esac
        elif [[ $line =~ (^|[^a-z])error([^a-z]|$) ]]; then
            echo error
            return
        fi
    done <"$log"
    echo "$verdict"
}
