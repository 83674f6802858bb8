"""Printed numbers to figures: lexicon, number words, read."""
