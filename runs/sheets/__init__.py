"""Each rep's own sheet: their leads, strengths and share, and nobody else's."""
