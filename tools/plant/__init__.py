"""The imaginary house a charger is tried in: car, mains, sun, meter and wire."""
