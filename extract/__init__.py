"""Article in, claims out: pure functions, no network, no database, no clock.

Start at `models` for the types, `language` for the spaCy pipeline and its components in order,
`pipeline` for the whole way from an article to its checked claims.
"""

__version__ = "0.1.0"
