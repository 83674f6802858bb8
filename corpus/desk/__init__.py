"""The web desk: a Datasette on the database with pages of this project's own, for whoever looks, checks and reviews."""
