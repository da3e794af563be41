"""What the parties promised each other."""
