"""One connector. Pure: no clock, no pins, no awaits; time is handed in as dt_ms."""
