"""What logged outcomes say: of policies replayed, of policies given, of arms."""
