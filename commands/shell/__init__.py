"""The terminal: completion, streams, and the machine."""
