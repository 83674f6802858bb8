"""What was fetched, kept in WARC files: written as it comes from the wire, read again, and crawled again off line.

`write`, `read` and `payload` know the format; `session` is what a crawl says of itself in a file's first record. `tape`
is what stands between Scrapy and the network: `recording` with what `earlier` runs left, or `replay` with its `index`.
`sift` and `harvest` get articles out of archives of anybody's.
"""
