"""Programs for a PC: the simulated world, benches and checks. Nothing in the image imports them."""
