"""Days compared: variants, past days, two runs."""
