"""Garbled figures: readings, arithmetic, witnesses, decide."""
