"""`cakupan`."""
