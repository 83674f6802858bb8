"""Articles made up from the gazetteer's populations, with figures garbled on purpose: what repair makes of them."""
