#!/bin/sh
# Sets up everything the workbench needs in this checkout; quick when nothing has changed.
# Usage: packaging/bootstrap.sh demo|test      (test also looks for the tools that only tests use)
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-demo}
say() { printf '%s\n' "$*" >&2; }
is_root() { [ "$(id -u)" = 0 ]; }
can_install() { is_root && command -v apt-get >/dev/null 2>&1; }

has_library() {
    { /sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null; } | grep -q "$1" && return 0
    ls /usr/lib/*/"$1"* /usr/lib/"$1"* /usr/lib64/"$1"* >/dev/null 2>&1
}

# Python 3.11 to 3.14, with the modules that make an environment.
find_python() {
    for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

missing_packages() {
    if python=$(find_python); then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    else
        echo python3 python3-venv
    fi
    [ "$(uname -s)" = Linux ] || return 0
    has_library libglib-2.0.so.0 || echo libglib2.0-0
    has_library libGL.so.1 || echo libgl1
    has_library libEGL.so.1 || echo libegl1
    has_library libdbus-1.so.3 || echo libdbus-1-3
    has_library libfontconfig.so.1 || echo libfontconfig1
    has_library libxkbcommon.so.0 || echo libxkbcommon0
}

missing_for_a_display() {
    [ "$(uname -s)" = Linux ] || return 0
    has_library libxcb-cursor.so.0 || echo libxcb-cursor0
    has_library libxkbcommon-x11.so.0 || echo libxkbcommon-x11-0
    has_library libxcb-icccm.so.4 || echo libxcb-icccm4
    has_library libxcb-keysyms.so.1 || echo libxcb-keysyms1
    has_library libxcb-shape.so.0 || echo libxcb-shape0
}

missing_for_tests() {
    [ "$(uname -s)" = Linux ] || return 0
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || echo chromium
    command -v strace >/dev/null 2>&1 || echo strace
    command -v pdftotext >/dev/null 2>&1 || echo poppler-utils
    command -v qpdf >/dev/null 2>&1 || echo qpdf
    command -v strings >/dev/null 2>&1 || echo binutils
    command -v soffice >/dev/null 2>&1 || echo libreoffice-writer-nogui libreoffice-calc-nogui
}

install_packages() {
    say "Installing from Debian's packages: $*"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

needed=$(missing_packages | tr '\n' ' ')
if [ -n "$needed" ]; then
    if can_install; then
        # shellcheck disable=SC2086  # a list of words
        install_packages $needed
    else
        say "Missing on this machine: $needed- install them with: sudo apt-get install --no-install-recommends $needed"
        exit 1
    fi
fi

# Wanted, never required: a display's libraries, and the tools that some tests use and otherwise skip.
wanted=$(missing_for_a_display | tr '\n' ' ')
[ "$purpose" = test ] && wanted="$wanted$(missing_for_tests | tr '\n' ' ')"
if [ -n "$wanted" ] && can_install; then
    # shellcheck disable=SC2086
    install_packages $wanted || say "Not installed, some tests will be skipped: $wanted"
fi

python=$(find_python) || { say "Python 3.11 to 3.14 is needed; set PYTHON to its path."; exit 1; }
if ! .venv/bin/python -c '' 2>/dev/null; then
    say "Making the environment .venv"
    "$python" -m venv --clear .venv
fi

stamp=.venv/installed
wanted_stamp=$(cat packaging/requirements.lock pyproject.toml packaging/bootstrap.sh | cksum; pwd)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted_stamp" ]; then
    say "Installing the locked Python packages"
    wheelhouse=""
    [ -d packaging/wheelhouse ] && wheelhouse="--no-index --find-links packaging/wheelhouse"
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install -q --disable-pip-version-check $wheelhouse \
        --no-deps --only-binary=:all: --no-binary=bagit --require-hashes -r packaging/requirements.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
    printf '%s' "$wanted_stamp" >"$stamp"
fi

.venv/bin/python packaging/build_reader.py
