"""What a person sees on the display and the light, and what the three buttons mean. Pure."""
