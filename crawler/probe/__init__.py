"""Finding out how a site announces its articles and which layout reads them, to propose a table for the registry.

`signs` reads single answers, `investigate` chooses what to ask, `ask` asks it with the crawler's manners, `draft` draws
the conclusions.
"""
