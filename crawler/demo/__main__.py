"""`python -m crawler.demo [--revised]`: serve the demo's sites for a look in the browser, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading

from crawler.demo import demo_site


def main() -> int:
    """Serve until interrupted; the addresses go to stdout."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.demo", description="Serve the demo's news sites on loopback."
    )
    parser.add_argument("--revised", action="store_true", help="show the articles as they stand after their revision")
    revised = parser.parse_args().revised
    with contextlib.suppress(KeyboardInterrupt), demo_site(revised=revised) as site:
        for outlet in site.outlets:
            sys.stdout.write(f"http://{outlet.domain}:{site.gateway.rpartition(':')[2]}/  {outlet.name}\n")
        sys.stdout.write("Ctrl-C ends it.\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
