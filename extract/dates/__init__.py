"""Date expressions to periods: lexicon, scan, expressions, surroundings, resolve."""
