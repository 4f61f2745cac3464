"""SmartEVSE v3.0 (ESP32-WROOM-32E): which pin is what. Facts only, no code.

Source: the board's schematic, rev. 5. A number is a GPIO; -1 is not fitted.
board_v31.py has the same names.
"""

NAME = "v30"

CP_OUT = 19     # pilot PWM; high is +12 V, low -12 V
CP_OFF = 15     # high opens the pilot wire
CP_IN = 39      # ADC1, needs the 11 dB range
PP_IN = 34      # ADC1, 1 k to 3.3 V
TEMP = 36       # ADC1, MCP9700A
ADC_PILOT_DB = 11
ADC_SLOW_DB = 6

C1 = 32         # high closes
C2 = 27
LOCK_R = 17     # the lock's two lines: R alone unlocks, W alone locks, both idle
LOCK_W = 18
LOCK_IN = 35    # 12 V feedback over a divider
RCM = 13        # high is a fault
RCM_PULL = 1    # has a pull-up of its own
SWITCH = 16     # low is closed; also the card reader's wire

RS485_RX = 23
RS485_TX = 21
RS485_DE = 22   # high sends

LED_R = 2
LED_G = 4
LED_B = 12
BACKLIGHT = 14
BUZZER = -1

LCD_RST = 5
LCD_CLK = 26
LCD_A0 = 25     # also the middle button
LCD_MOSI = 33   # also the right button
LEFT = 0        # left button; buttons are low when pressed
