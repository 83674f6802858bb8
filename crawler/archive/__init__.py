"""What was fetched, kept in WARC files: written as it comes from the wire, read again, and crawled again off line.

`write` and `read` know the format, `session` what a crawl says of itself in a file's first record, `recording` and
`replay` stand between Scrapy and the network.
"""
