"""The 128x64 panel (ST7567) over SPI, and the three buttons that share its lines.

The middle button hangs on A0 and the right one on MOSI. Between two transfers
the tick takes both lines away from the panel for a few microseconds, reads
the buttons through their 15 k pull-ups and gives the lines back. That is done
with the chip's GPIO registers: no allocation, and the panel sees no clock, so
it sees nothing. While a page is on its way the buttons keep their last value.
It draws nothing by itself.
"""

from machine import PWM, SPI, Pin, mem32
from micropython import const

# ESP32 technical reference manual, chapter IO_MUX and GPIO matrix.
# All of them are below 2**30 and so small integers.
_ENABLE_W1TS = const(0x3FF44024)
_ENABLE_W1TC = const(0x3FF44028)
_ENABLE1_W1TS = const(0x3FF44030)
_ENABLE1_W1TC = const(0x3FF44034)
_IN = const(0x3FF4403C)
_IN1 = const(0x3FF44040)
_OUT_SEL = const(0x3FF44530)     # plus 4 for each pin
_PLAIN_GPIO = const(256)         # routes a pin to the GPIO registers
_PAD_33 = const(0x3FF49020)      # IO_MUX of GPIO33
_INPUT_ENABLE = const(0x200)

# bias 1/9, columns normal, rows reversed, regulation ratio 4, booster 5x,
# contrast 0x24, not inverted, not all on, power on
SETUP = b"\xa2\xa0\xc8\x24\xf8\x01\x81\x24\xa6\xa4\x2f"
ON = b"\xaf"
BLANK = bytes(128)


class Lcd:
    """facts: a board file with LCD_A0 and LEFT below GPIO 32 and LCD_MOSI = 33."""

    def __init__(self, facts) -> None:
        self.a0 = Pin(facts.LCD_A0, Pin.OUT, value=0)
        self.rst = Pin(facts.LCD_RST, Pin.OUT, value=1)
        self.left = Pin(facts.LEFT, Pin.IN)
        # Without miso=None the driver would take a default pin that is something else here.
        self.spi = SPI(1, baudrate=10000000, polarity=1, phase=1,
                       sck=Pin(facts.LCD_CLK), mosi=Pin(facts.LCD_MOSI), miso=None)
        self.light = PWM(Pin(facts.BACKLIGHT, Pin.OUT, value=0), freq=5000, duty_u16=0)
        self.level = 0
        self.a0_bit = 1 << facts.LCD_A0
        self.left_at = facts.LEFT
        self.mosi_bit = 1 << facts.LCD_MOSI - 32
        self.mosi_sel = _OUT_SEL + 4 * facts.LCD_MOSI
        self.route = mem32[self.mosi_sel]
        mem32[_PAD_33] = mem32[_PAD_33] | _INPUT_ENABLE
        self.command = bytearray((0xB0, 0x10, 0x00))  # page, column 0
        self.busy = 0
        self.pressed = 0
        self.restart()

    def show(self, page: int, buf) -> None:
        """Send one page 0..7: 128 bytes, bit 0 is its top row. About 0.2 ms."""
        if not 0 <= page <= 7:
            raise ValueError("page must be 0..7")
        if len(buf) != 128:
            raise ValueError("buf must be 128 bytes")
        self.busy = 1
        try:
            self._page(page, buf)
        finally:
            self.busy = 0

    def restart(self) -> None:
        """Reset and set up the panel, blank. After a contactor has disturbed it; about 2 ms."""
        self.busy = 1
        try:
            self.a0(0)
            self.rst(0)
            self.rst(0)  # the panel wants 4 us
            self.rst(1)
            self.rst(1)
            self.spi.write(SETUP)
            for page in range(8):
                self._page(page, BLANK)
            self.a0(0)
            self.spi.write(ON)
        finally:
            self.busy = 0

    def _page(self, page: int, buf) -> None:
        self.command[0] = 0xB0 | page
        self.a0(0)
        self.spi.write(self.command)
        self.a0(1)
        self.spi.write(buf)

    def backlight(self, level: int) -> None:
        """0 dark .. 255 full."""
        if not 0 <= level <= 255:
            raise ValueError("level must be 0..255")
        if level != self.level:
            self.level = level
            self.light.duty_u16(level * 257)

    def buttons(self) -> int:
        """Bit 0 left, 1 middle, 2 right; 1 is pressed. For the tick."""
        if self.busy:
            return self.pressed
        mem32[_ENABLE_W1TC] = self.a0_bit
        mem32[self.mosi_sel] = _PLAIN_GPIO
        mem32[_ENABLE1_W1TC] = self.mosi_bit
        self.left()  # a microsecond for the pull-ups
        low = mem32[_IN]
        high = mem32[_IN1]
        mem32[self.mosi_sel] = self.route
        mem32[_ENABLE1_W1TS] = self.mosi_bit
        mem32[_ENABLE_W1TS] = self.a0_bit
        pressed = 0
        if not low >> self.left_at & 1:
            pressed |= 1
        if not low & self.a0_bit:
            pressed |= 2
        if not high & self.mosi_bit:
            pressed |= 4
        self.pressed = pressed
        return pressed
