"""The experiment of a day: randomised assignment with exact propensities, or none."""
