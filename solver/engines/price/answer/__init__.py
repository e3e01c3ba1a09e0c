"""An allocation of prices: one that fits, and which of several equals."""
