"""Work on many articles or files: the same answers in the same order, whoever does it, and however many there are.

This process, processes of this machine (`--jobs`) or a cluster (`--dask`) are all `Workers`. What travels is plain:
articles there, finished lines or rows back, never a Doc.
"""
