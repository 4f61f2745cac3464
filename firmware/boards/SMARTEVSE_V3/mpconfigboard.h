// SmartEVSE v3: what the build leaves out to make room for the frozen application in a slot of 0x1B0000 bytes.
#define MICROPY_HW_BOARD_NAME               "SmartEVSE v3"
#define MICROPY_HW_MCU_NAME                 "ESP32"
#define MICROPY_PY_NETWORK_HOSTNAME_DEFAULT "smartevse"

#define MICROPY_PY_BLUETOOTH                (0)
#define MICROPY_PY_ESPNOW                   (0)
#define MICROPY_PY_NETWORK_LAN              (0)
#define MICROPY_HW_ENABLE_SDCARD            (0)
