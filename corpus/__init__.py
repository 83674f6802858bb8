"""Everything remembered, and everything people touch."""
