"""The board: what a charger is screwed to, and what every such thing owes the rest.

A board object is made once, by main.py, and handed around. All numbers are
whole. What one board cannot do it says by its values, never by an exception.

The tick, every 10 ms:
    read(inp)     fill hal.io.Inputs: pilot plateaus in mV at the connector,
                  proximity in ohm, residual current, box temperature, switch,
                  lock feedback, buttons, fresh
    write(out)    obey hal.io.Outputs: duty in 1/10000, pilot wire, contactors,
                  lock lines. Contactors first
    start(tick)   from now on call tick(dt_ms) every 10 ms; dt_ms is the time
                  that really went by. From here on the watchdog wants food
    feed()        food for it. A board whose tick has died does not eat: it restarts
    reset()       all off, then restart; does not return on a chip
A board owes: read and write together within 3 ms; not a byte of garbage; no
waiting for anybody; fresh = 0 rather than a guess when the pilot could not be
read for more than 30 ms; contactors open and the pilot wire open before
start(), after reset() and when tick raised. `ticks` counts calls of tick,
`late` those more than 5 ms behind, `skipped` the stale ones it left out,
`crashes` the ones that raised (the last one is in `crash`).

The rest, at everybody's own rhythm, none of it waiting:
    rs485.write(buf)          at most 256 bytes; direction is handled inside
    rs485.read(n)             up to n bytes or None
    rs485.configure(baud, parity)   1200..115200; 0 none, 1 odd, 2 even
    lcd.show(page, buf)       128 bytes for page 0..7, bit 0 on top
    lcd.backlight(level)      0..255
    lcd.restart()             set the panel up anew; it is blank after that
    leds(r, g, b)             0..255 each
    net.status()              (state, ip): 0 off, 1 joining, 2 up
    net.join(ssid, password)  keeps trying by itself from then on
    net.rssi()                dBm, 0 when not joined
    net.dns()                 address of the name server, "" for none
    store.load(name)          bytes, or None when there is nothing whole
    store.save(name, data)    at most 4096 bytes; a cut leaves the old or the new
    approve()                 this firmware has proved itself; an update stays
    name, serial              "v30", "v31" or "sim"; the charger's number
Bad arguments raise ValueError naming what may be given, and change nothing.

A board is a file of facts (board_v30.py), the parts beside it, and a run of
tests/host/test_contract.py. hal/sim.py is one more board. Only this room
imports machine, network and esp32; it imports nothing of lib.
"""
