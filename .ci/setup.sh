#!/bin/sh
# Sets deckgen up for the Makefile: system libraries, .venv, pinned packages. A second run finds all in place.
#
#   .ci/setup.sh talk         what `deckgen build` needs
#   .ci/setup.sh site         and what its documentation is made with
#   .ci/setup.sh test         and what the tests need
#   .ci/setup.sh bench        and what the benchmark needs
#   .ci/setup.sh constraints  write constraints.txt anew, with the newest versions that pyproject.toml allows
#
# PYTHON=python3.12 in the environment chooses the interpreter that .venv is made with.
set -eu
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1
goal=$1
venv=.venv/bin/python

stop() {
    echo "deckgen set-up: $1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and none was found; name one with PYTHON=/path/to/python3"
}

# A browser for the tests of the preview; Debian's smallest is installed where there is none.
has_browser() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome chrome; do
        command -v "$name" >/dev/null && return
    done
    return 1
}

# The Debian or Ubuntu packages that are missing, on one line.
missing_packages() {
    python=$1
    subset=libharfbuzz-subset0
    # Before HarfBuzz 5 the subset library was part of the main package.
    grep -Eqs '^VERSION_CODENAME=(jammy|bullseye)' /etc/os-release && subset=libharfbuzz0b
    "$python" - libpango-1.0-0:libpango-1.0.so.0 libpangoft2-1.0-0:libpangoft2-1.0.so.0 \
        $subset:libharfbuzz-subset.so.0 <<'END'
import ctypes, sys
for package, library in (pair.split(":") for pair in sys.argv[1:]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
END
    if [ "$python" != $venv ]; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    fi
    case $goal in test | bench)
        command -v loimpress >/dev/null || echo libreoffice-impress
        command -v pdftotext >/dev/null || echo poppler-utils
        command -v pandoc >/dev/null || echo pandoc
        has_browser || echo chromium-headless-shell
        command -v gs >/dev/null || echo ghostscript
        command -v qpdf >/dev/null || echo qpdf
        ;;
    esac
}

install_system_packages() {
    [ "$(uname)" = Linux ] || return 0
    packages=$(missing_packages "$1" | tr '\n' ' ')
    packages=${packages% }
    [ -n "$packages" ] || return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        stop "these packages are missing (Debian's and Ubuntu's names), please install them: $packages"
    fi
    echo "Installing $packages"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    # One unreachable package source must not keep the others from serving.
    apt-get update -qq >"$log" 2>&1 </dev/null || true
    # shellcheck disable=SC2086
    if ! apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $packages >>"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        stop "apt-get could not install: $packages"
    fi
    rm "$log"
}

# Whether .venv was set up for a goal, in this folder, with these versions.
is_set_up() {
    [ "$(cat ".venv/set-up-$1" 2>/dev/null)" = "$fingerprint" ]
}

install_python_packages() {
    fingerprint=$(cat pyproject.toml constraints.txt | cksum; pwd)
    is_set_up test && return
    case $goal in
    talk)
        is_set_up talk && return
        extra=
        ;;
    site)
        is_set_up site && return
        extra='[docs]'
        ;;
    *) extra='[test]' ;;
    esac
    $venv -m pip --version >/dev/null 2>&1 || "$1" -m venv --clear .venv
    echo "Installing Python packages into .venv"
    $venv -m pip install -qq --constraint constraints.txt hatchling
    $venv -m pip install -qq --constraint constraints.txt --no-build-isolation --editable ".$extra"
    echo "$fingerprint" >.venv/set-up-talk
    [ "$goal" = talk ] || echo "$fingerprint" >.venv/set-up-site
    case $goal in test | bench) echo "$fingerprint" >.venv/set-up-test ;; esac
}

write_constraints() {
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    "$1" -m venv "$folder"
    # Click and pytest need colorama on Windows.
    "$folder/bin/python" -m pip install -qq colorama hatchling
    "$folder/bin/python" -m pip install -qq --no-build-isolation '.[docs,test]'
    {
        echo "# Exact versions of all that deckgen and its tests run on. Written by \`make constraints\`."
        "$folder/bin/python" -m pip freeze --exclude deckgen-compiler
    } >"$folder/constraints.txt"
    cp "$folder/constraints.txt" constraints.txt
}

if [ "$goal" != constraints ] && is_new_enough $venv; then
    python=$venv
else
    python=$(find_python)
    rm -f .venv/set-up-*
fi
case $goal in
constraints) write_constraints "$python" ;;
talk | site | test | bench)
    install_system_packages "$python"
    install_python_packages "$python"
    ;;
*) stop "unknown goal: $goal" ;;
esac
