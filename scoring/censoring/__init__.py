"""Open leads are censored: what young closed ones stand for."""
