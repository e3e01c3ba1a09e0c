"""What many texts say in the same words: people, reasons, time."""
