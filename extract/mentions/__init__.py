"""What a text shows: one component a kind of mention."""
