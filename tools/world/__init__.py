"""The world process beside the firmware: pace, wires, line, orders and panel."""
