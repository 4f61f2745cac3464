"""Meters: which registers they have, what a reading is, what each one is for. No sockets, no clock."""
