"""Backups of database and archive: made while runs go on, checked, rotated, and put back.

`making` writes them, `manifest` is what each says of itself, `snapshot` copies and checks a database, `restoring` puts
one back in its place.
"""
