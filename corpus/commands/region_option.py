"""`--region`, and what else names a region on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extract.models import Region


class RegionType(click.ParamType["Region"]):
    """A Kemendagri code or any name in use, which becomes the region; one that is none, or several, is misuse."""

    name = "region"

    def convert(self, value: str | Region, param: click.Parameter | None, ctx: click.Context | None) -> Region:
        """The region that is meant."""
        from corpus.places import NotOneRegion, find_region

        if not isinstance(value, str):
            return value
        try:
            return find_region(value)
        except NotOneRegion as problem:
            self.fail(str(problem), param, ctx)


REGION = RegionType()
