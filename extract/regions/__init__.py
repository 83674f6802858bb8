"""The gazetteer of provinces, kabupaten and kota, and what they are called."""
