"""The three-colour light: three PWM outputs at 5 kHz. Knows no meaning of a colour."""

from machine import PWM, Pin

HZ = 5000


class Leds:
    """r, g and b are pin numbers; dark from the first moment. Call it with 0..255 each."""

    def __init__(self, r: int, g: int, b: int) -> None:
        self.r = PWM(Pin(r, Pin.OUT, value=0), freq=HZ, duty_u16=0)
        self.g = PWM(Pin(g, Pin.OUT, value=0), freq=HZ, duty_u16=0)
        self.b = PWM(Pin(b, Pin.OUT, value=0), freq=HZ, duty_u16=0)
        self.was_r = self.was_g = self.was_b = 0

    def __call__(self, r: int, g: int, b: int) -> None:
        if not (0 <= r <= 255 and 0 <= g <= 255 and 0 <= b <= 255):
            raise ValueError("r, g, b must be 0..255")
        if r != self.was_r:
            self.was_r = r
            self.r.duty_u16(r * 257)
        if g != self.was_g:
            self.was_g = g
            self.g.duty_u16(g * 257)
        if b != self.was_b:
            self.was_b = b
            self.b.duty_u16(b * 257)
