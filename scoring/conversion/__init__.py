"""The conversion model: log odds of a win by lead, rep and interaction."""
