"""What all commands share: options, how they print and fail, and completion."""
