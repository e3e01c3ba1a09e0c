"""What logged outcomes measure of replayed policies, target policies and arms."""
