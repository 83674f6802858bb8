"""Publication: one selection of the database, written in every format, so that all of them agree.

Start at `publish.py`: it has `release.py` copy the selected rows into a database of their own, from which everything
else is written, and puts the folder in its place in one step. What is published is declared in resources.toml.
"""
