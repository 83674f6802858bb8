"""The Scrapy project: outlets in, articles out."""
