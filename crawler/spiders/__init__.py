"""One spider a way of discovery, none an outlet."""
