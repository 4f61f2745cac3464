"""Bytes and meaning. Frames and documents in, facts out; no socket, no clock."""
