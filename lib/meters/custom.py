"""The meter that its owner describes with the settings em_*: a row like those of models.TABLE.

Its currents carry a sign; its power is one sum. Voltage, power and energy are
left out where their register is that of the currents, which is how all of
them begin. Divisors are decimal places of V, A, W and kWh. Loaded only when
such a meter is fitted.
"""
from micropython import const

from proto.words import SIZE

ID = const(19)


def row(cfg) -> tuple:
    """The row. ValueError names a register that lies among those of something else."""
    kind = cfg.em_type
    size = SIZE[kind]
    currents = cfg.em_i_reg
    volts = cfg.em_u_reg if cfg.em_u_reg != currents else -1
    power = cfg.em_p_reg if cfg.em_p_reg != currents else -1
    energy = cfg.em_e_reg if cfg.em_e_reg != currents else -1
    _apart("em_u_reg", volts, 3 * size, "em_i_reg", currents, 3 * size)
    _apart("em_p_reg", power, size, "em_i_reg", currents, 3 * size)
    _apart("em_e_reg", energy, size, "em_i_reg", currents, 3 * size)
    _apart("em_p_reg", power, size, "em_u_reg", volts, 3 * size)
    _apart("em_e_reg", energy, size, "em_u_reg", volts, 3 * size)
    _apart("em_e_reg", energy, size, "em_p_reg", power, size)
    return (ID, "Custom", "custom", cfg.em_function, cfg.em_order, kind, 3, 0, 0,
            currents, 3 * size, 3 - cfg.em_i_div, -1, power, size, -cfg.em_p_div,
            energy, -1, size, 3 - cfg.em_e_div, volts, 3 * size, 3 - cfg.em_u_div)


def _apart(key: str, at: int, count: int, other: str, start: int, length: int) -> None:
    """Two numbers cannot lie in one register."""
    if at >= 0 and start >= 0 and at < start + length and start < at + count:
        raise ValueError("%s must not lie in the %d registers from %s (%d)" % (key, length, other, start))
