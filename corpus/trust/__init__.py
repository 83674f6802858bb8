"""Whether what is stored holds, and how parts of it are taken out: for a publisher who asks, and for their age.

`verify` walks every claim back to the bytes it was read from, with `database` and `copies`; `forget` takes an article
out with `traces` and `erase`; `prune` drops old files of the archive.
"""
