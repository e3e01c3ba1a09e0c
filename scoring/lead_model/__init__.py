"""The lead model: log odds of a win with an average rep, from the lead's features."""
