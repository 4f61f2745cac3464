#!/bin/sh
# Builds the image for the board: image.sh. `make image` calls it, after the page was packed and the modules fetched.
# Needs IDF_PATH (ESP-IDF, its export.sh sourced) and MICROPYTHON_DIR (sources of MicroPython 1.26 or newer: older ones
# put half duty on the pilot while the PWM is set up). The result is build/image/firmware.bin.
set -eu
ROOT=$(readlink -f "$(dirname "$0")/..")
[ -n "${IDF_PATH:-}" ] && [ -n "${MICROPYTHON_DIR:-}" ] || {
  echo "make image: set IDF_PATH to an ESP-IDF (and source its export.sh) and MICROPYTHON_DIR to the sources of MicroPython 1.26 or newer"; exit 1; }
MINOR=$(sed -n 's/^#define MICROPY_VERSION_MINOR \([0-9]*\)$/\1/p' "$MICROPYTHON_DIR/py/mpconfig.h")
[ "${MINOR:-0}" -ge 26 ] || { echo "make image: MicroPython 1.26 or newer is needed, $MICROPYTHON_DIR is 1.${MINOR:-?}"; exit 1; }
unset MAKEFLAGS MAKELEVEL PORT BUILD
cp "$ROOT/firmware/partitions.csv" "$MICROPYTHON_DIR/ports/esp32/partitions-uevse.csv"  # the build looks for it there
make -C "$MICROPYTHON_DIR/mpy-cross"
make -C "$MICROPYTHON_DIR/ports/esp32" BOARD_DIR="$ROOT/firmware/boards/SMARTEVSE_V3" BUILD="$ROOT/build/image" submodules all
ls -l "$ROOT/build/image/firmware.bin"
