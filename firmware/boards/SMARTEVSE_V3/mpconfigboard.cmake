# SmartEVSE v3.0 and v3.1: ESP32-WROOM-32, 4 MB flash, no PSRAM. Both have the same image; the pins tell them apart at start.
set(SDKCONFIG_DEFAULTS
    boards/sdkconfig.base
    boards/sdkconfig.240mhz
    ${MICROPY_BOARD_DIR}/sdkconfig.board
)

set(MICROPY_FROZEN_MANIFEST ${MICROPY_BOARD_DIR}/manifest.py)
