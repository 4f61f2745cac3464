#!/bin/sh
# Builds a MicroPython like the one on the board, for this PC: device_like.sh OUT MANIFEST
# 32-bit, single-precision floats, GIL, scheduler depth 8, and MANIFEST frozen in, from Debian's source package. The
# sources are fetched once; a second call only freezes again and links. What cannot be had is told in OUT/missing.
set -eu
mkdir -p "$1"; OUT=$(readlink -f "$1"); MANIFEST=$(readlink -f "$2"); SUITE=${SUITE:-trixie}; SRC=$OUT/src; A=$OUT/apt
exec 9> "$OUT/lock"; flock 9  # two builds in one folder would spoil each other
rm -f "$OUT/missing"
cannot() { rm -f "$OUT/micropython"; echo "device-like MicroPython: $1" | tee "$OUT/missing"; exit 0; }
KEY=/usr/share/keyrings/debian-archive-keyring.gpg
echo '#include <stdio.h>' | gcc -m32 -E - >/dev/null 2>&1 || cannot "needs gcc that makes 32-bit programs (gcc-multilib)"
if [ ! -e "$SRC/ready" ]; then
  command -v apt-get >/dev/null && command -v xz >/dev/null && [ -e $KEY ] || cannot "needs Debian's apt-get, keyring and xz"
  MIRROR=$(sh "$(dirname "$0")/mirror.sh") && [ -n "$MIRROR" ] || cannot "apt knows no Debian mirror here"
  mkdir -p "$A/lists/partial" "$A/cache/archives/partial" "$SRC"; : > "$A/status"
  echo "deb-src [signed-by=$KEY] $MIRROR $SUITE main" > "$A/sources.list"
  OPT="-o Dir::Etc::SourceList=$A/sources.list -o Dir::Etc::SourceParts=- -o Dir::State=$A -o Dir::State::Lists=$A/lists
   -o Dir::State::status=$A/status -o Dir::Cache=$A/cache -o Acquire::Retries=3 -o APT::Sandbox::User=root -o Debug::NoLocking=1"
  (cd "$A" && apt-get $OPT -qq update && apt-get $OPT -qq --download-only source micropython) || cannot "the sources could not be fetched"
  tar -xf "$A"/micropython_*.orig.tar.xz -C "$SRC" --strip-components=1
  mkdir -p "$SRC/lib/micropython-lib"; touch "$SRC/lib/micropython-lib/README.md"  # the build only asks whether it is there
  sed -i 's/-DMICROPY_PY_THREAD_GIL=0/-DMICROPY_PY_THREAD_GIL=1/' "$SRC/ports/unix/Makefile"
  sed -i '/MICROPY_ASYNC_KBD_INTR/d' "$SRC/ports/unix/variants/mpconfigvariant_common.h"  # does not go with a GIL
  make -s -j2 -C "$SRC/mpy-cross" > "$OUT/log" 2>&1 || { tail -n 20 "$OUT/log"; exit 1; }
  touch "$SRC/ready"
fi
# The version is that of MicroPython, not of the git tree around it.
FLAGS="-DMICROPY_FLOAT_IMPL=1 -DMICROPY_FLOAT_USE_NATIVE_FLT16=0 -DMICROPY_SCHEDULER_DEPTH=8 -DMICROPY_PY_THREAD_RECURSIVE_MUTEX=1"
GIT_DIR=/dev/null make -s -j2 -C "$SRC/ports/unix" BUILD="$OUT/build" MICROPY_FORCE_32BIT=1 MICROPY_PY_BTREE=0 MICROPY_PY_FFI=0 \
  MICROPY_PY_SSL=0 MICROPY_SSL_MBEDTLS=0 MICROPY_USE_READLINE=0 FROZEN_MANIFEST="$MANIFEST" CFLAGS_EXTRA="$FLAGS" > "$OUT/log" 2>&1 || { rm -f "$OUT/micropython"; tail -n 20 "$OUT/log"; exit 1; }
cp "$OUT/build/micropython" "$OUT/micropython.new" && mv "$OUT/micropython.new" "$OUT/micropython"
"$OUT/micropython" -X heapsize=112k -c 'import gc, sys; print("device-like MicroPython:", sys.version, "bytes free:", gc.mem_free())'
