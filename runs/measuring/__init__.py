"""What logged outcomes measure: of policies replayed, of policies given, of arms."""
