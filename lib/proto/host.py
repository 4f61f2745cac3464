"""Where a device is on the network, as a person writes it: address[:port] or name.local[:port].

Other names are refused at once, because nobody looks them up: a look-up would
hold the whole program for seconds. Opens nothing.
"""
LABEL = "abcdefghijklmnopqrstuvwxyz0123456789-_"


def is_address(host: str) -> bool:
    """Whether host is four numbers of 0..255 with dots between them."""
    parts = host.split(".")
    return len(parts) == 4 and all([p.isdigit() and len(p) < 4 and int(p) < 256 for p in parts])


def is_name(host: str) -> bool:
    """Whether host is one label of at most 63 letters, digits, - and _ before .local; capitals count as small letters."""
    label, dot, top = host.lower().partition(".")
    return top == "local" and 0 < len(label) < 64 and all([c in LABEL for c in label])


def split(text: str, port: int) -> tuple:
    """(address or name in small letters, port); port is what counts when the text has none. ValueError else."""
    host, colon, digits = text.partition(":")
    if colon:
        if not digits.isdigit() or len(digits) > 5 or not 0 < int(digits) < 65536:
            raise ValueError("host must have a port from 1 to 65535 after the colon")
        port = int(digits)
    if not is_address(host) and not is_name(host):
        raise ValueError("host must be four numbers like 192.168.1.20 or a name like meter.local, with or without :port")
    return host.lower(), port
