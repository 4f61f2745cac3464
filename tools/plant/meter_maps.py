"""Where meters of many makers keep their numbers, as their makers' sheets say: the other side of the firmware's table.

Written apart from it, on purpose: by register and by unit, as a meter fills
them, not as a reader wants them. A row is (name, function, byte order, word
order, phases, where the sign of a current is, fields). A field is (register,
what, kind, how many units of the register are one V, A, W or kWh); a field of
the phases goes on for each of them, one behind the other.

What: v volts, a amps, w watts of the phases, sum their sum, in and out the
counters, scale a power of ten that stands beside the numbers (its value is in
the place of the unit). Sign: "own" the amps have one; "watts" only the powers
have; "below" the powers have it, and wrong, because the meter is fed from below.
"""
HIGH, LOW = 1, 0
NAME, FUNCTION, BYTES, WORDS, PHASES, SIGN, FIELDS = range(7)
AT, WHAT, KIND, PER = range(4)

EASTRON: tuple = ((0x0000, "v", "f32", 1), (0x0006, "a", "f32", 1), (0x000C, "w", "f32", 1), (0x0034, "sum", "f32", 1),
                  (0x0048, "in", "f32", 1), (0x004A, "out", "f32", 1))

MAPS: tuple = (
    ("Phoenix C", 4, HIGH, LOW, 3, "own", (
        (0x0000, "v", "i32", 10), (0x000C, "a", "i32", 1000), (0x0028, "sum", "i32", 10), (0x003E, "in", "i32", 10))),
    ("Finder 7E", 4, HIGH, HIGH, 3, "own", (
        (0x1000, "v", "f32", 1), (0x100E, "a", "f32", 1), (0x1026, "sum", "f32", 1), (0x1106, "in", "f32", 1000),
        (0x110E, "out", "f32", 1000))),
    ("Eastron3P", 4, HIGH, HIGH, 3, "watts", EASTRON),
    ("InvEastrn", 4, HIGH, HIGH, 3, "below", EASTRON),
    ("ABB", 3, HIGH, HIGH, 3, "watts", (
        (0x5B00, "v", "i32", 10), (0x5B0C, "a", "i32", 100), (0x5B14, "sum", "i32", 100), (0x5B16, "w", "i32", 100),
        (0x5000, "in", "u64", 100), (0x5004, "out", "u64", 100))),
    ("SolarEdge", 3, HIGH, HIGH, 3, "own", (
        (40191, "a", "i16", 100), (40194, "scale", "i16", -2), (40196, "v", "i16", 10), (40203, "scale", "i16", -1),
        (40206, "sum", "i16", 1), (40207, "w", "i16", 1), (40210, "scale", "i16", 0), (40226, "out", "i32", 1000),
        (40234, "in", "i32", 1000), (40242, "scale", "i16", 0))),
    ("WAGO", 3, HIGH, HIGH, 3, "own", (
        (0x5002, "v", "f32", 1), (0x500C, "a", "f32", 1), (0x5012, "sum", "kilo", 1), (0x5014, "w", "kilo", 1),
        (0x600C, "in", "f32", 1), (0x6018, "out", "f32", 1))),
    ("Eastron1P", 4, HIGH, HIGH, 1, "watts", EASTRON),
    ("Finder 7M", 4, HIGH, HIGH, 3, "watts", (
        (2500, "v", "f32", 1), (2516, "a", "f32", 1), (2530, "w", "f32", 1), (2536, "sum", "f32", 1), (2638, "in", "f32", 1000))),
    ("Sinotimer", 4, HIGH, HIGH, 3, "own", (
        (0x0000, "v", "i16", 10), (0x0003, "a", "i16", 100), (0x0008, "w", "i16", 1), (0x0027, "in", "i32", 100),
        (0x0031, "out", "i32", 100))),
    ("Schneider", 3, HIGH, HIGH, 3, "watts", (
        (0x0BB7, "a", "f32", 1), (0x0BD3, "v", "f32", 1), (0x0BED, "w", "kilo", 1), (0x0BF3, "sum", "kilo", 1),
        (0xB02B, "in", "f32", 1), (0xB02D, "out", "f32", 1))),
    ("Chint 3P", 3, HIGH, HIGH, 3, "watts", (
        (0x2000, "lines", "f32", 10), (0x2006, "v", "f32", 10), (0x200C, "a", "f32", 1000), (0x2012, "sum", "f32", 10),
        (0x2014, "w", "f32", 10), (0x101E, "in", "f32", 1), (0x1028, "out", "f32", 1))),
    ("C.Gavazzi", 4, HIGH, LOW, 3, "own", (
        (0x0000, "v", "i32", 10), (0x000C, "a", "i32", 1000), (0x0028, "sum", "i32", 10), (0x0034, "in", "i32", 10),
        (0x004E, "out", "i32", 10))),
    ("Chint 1P", 3, HIGH, HIGH, 1, "watts", (
        (0x2000, "v", "f32", 1), (0x2002, "a", "f32", 1), (0x2004, "w", "kilo", 1), (0x4000, "in", "f32", 1),
        (0x400A, "out", "f32", 1))),
)
