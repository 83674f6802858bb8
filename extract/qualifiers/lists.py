"""Lists in prose: several regions before one figure, and figures handed out to regions by `masing-masing`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise

from extract.context import MOST_ON_A_SIDE, Context, Placed
from extract.models import Figure, Region, Unit
from extract.wordlists import word_list

JOINERS = frozenset({",", "dan", "serta", "maupun", "&", "atau", ";"})
DISTRIBUTIVE = word_list("distributive")
COLLECTIVE = word_list("collective")
INDIRECT = word_list("indirect")
SPLIT_OFF = word_list("split_off")
POOLED = word_list("pooled")
RANGE_JOINERS = word_list("range_joiners")
COLLECTIVE_REACH = 9


@lru_cache(maxsize=1)
def lists_of_regions(context: Context) -> tuple[tuple[Placed[Region], ...], ...]:
    """Runs of two or more different regions with nothing but `,`, `dan`, `serta` between, in text order."""
    runs: list[list[Placed[Region]]] = []
    for placed in context.regions:
        region = placed.mention.value
        if region is None or is_indirect(context, placed):
            continue
        if runs and is_joined(context, runs[-1][-1], placed):
            last = runs[-1][-1].mention.value
            # `Kabupaten Garut, Jawa Barat` and `Kepulauan Riau (Kepri)` are one place.
            if last is not None and last.code == region.province:
                runs.append([placed])  # Di Sulawesi Barat, Majene memiliki ...
            elif last is not None and region.code not in {last.code, last.province}:
                runs[-1].append(placed)
            continue
        runs.append([placed])
    return tuple(tuple(run) for run in runs if len(run) > 1)


def is_indirect(context: Context, placed: Placed[Region]) -> bool:
    """`orang asli Papua`, `ibu kota Provinsi Kepri tersebut`, `di luar Jawa Barat`: not what the figure is of."""
    words = context.words(placed.first - 2, placed.first - 1)
    if not words:
        return False
    return words[-1] in INDIRECT or words == ["ibu", "kota"] or (words[-1] == "dari" and words[0] in SPLIT_OFF)


def is_joined(context: Context, one: Placed[Region], other: Placed[Region]) -> bool:
    between = context.words(one.last + 1, other.first - 1)
    return (
        one.sentence == other.sentence
        and 0 < len(between) <= 3
        and all(word in JOINERS | {"(", ")"} for word in between)
    )


def is_first_of_list(context: Context, placed: Placed[Region]) -> bool:
    run = run_around(context, placed)
    return run is not None and run[0] is placed


def is_last_of_list(context: Context, placed: Placed[Region]) -> bool:
    run = run_around(context, placed)
    return run is not None and run[-1] is placed


def run_around(context: Context, placed: Placed[Region]) -> tuple[Placed[Region], ...] | None:
    """The last list that begins no later than this name."""
    runs = lists_of_regions(context)
    at = bisect_right(runs, placed.first, key=first_of_run) - 1
    return runs[at] if at >= 0 else None


def first_of_run(run: tuple[Placed[Region], ...]) -> int:
    return run[0].first


def runs_before(context: Context, token: int) -> tuple[tuple[Placed[Region], ...], ...]:
    """The lists that begin before `token`, the nearest MOST_ON_A_SIDE of them."""
    runs = lists_of_regions(context)
    end = bisect_left(runs, token, key=first_of_run)
    return runs[max(0, end - MOST_ON_A_SIDE) : end]


def handed_out(context: Context, figure: Placed[Figure]) -> Region | None:
    """The figure's own region in `A dan B masing-masing X dan Y`, counting figures of its unit behind the word."""
    word = distributive_before(context, figure)
    if word is None:
        return handed_out_in_order(context, figure)
    unit = figure.mention.value.unit if figure.mention.value else None
    behind = context.figures.near(word, word + 1, context.sentence_tokens[figure.sentence][1])
    figures = [other for other in behind if other.mention.value and other.mention.value.unit is unit]
    if figure not in figures:
        return None
    place = figures.index(figure)
    runs = [run for run in runs_before(context, word) if place < len(run) <= len(figures)]
    return runs[-1][place].mention.value if runs else None


def handed_out_in_order(context: Context, figure: Placed[Figure]) -> Region | None:
    """The figure's own region in `A dan B lebih dulu UHC dengan 97,5 persen dan 96,2 persen`: as many as are listed."""
    if not is_rate(figure):
        return None
    runs = runs_before(context, figure.first)
    run = runs[-1] if runs else None
    if run is None or run[-1].sentence != figure.sentence:
        return None
    rates = [*context.figures.near(figure.first, run[-1].last + 1, context.sentence_tokens[figure.sentence][1])]
    rates = rates[: len(run)]
    if figure not in rates or len(rates) < len(run) or not all(is_rate(rate) for rate in rates):
        return None
    if any(not context.holds_only(JOINERS, one.last + 1, other.first - 1) for one, other in pairwise(rates)):
        return None
    if context.regions.starting(run[-1].last + 1, rates[-1].first):
        return None
    return run[rates.index(figure)].mention.value


def is_rate(figure: Placed[Figure]) -> bool:
    return figure.mention.value is not None and figure.mention.value.unit is Unit.PERCENT


def rate_of_each(context: Context, figure: Placed[Figure]) -> tuple[Region, ...]:
    """The regions of `Bulungan dan Tarakan telah melewati 98 persen`: a share of each, where people would be summed.

    Not of `gabungan A dan B`; nor what they have not reached, nor a range, which is no value of any of them.
    """
    runs = runs_before(context, figure.first)
    run = runs[-1] if runs else None
    if run is None or run[-1].sentence != figure.sentence or not is_rate(figure):
        return ()
    last = run[-1].last
    between = context.words(last + 1, figure.first - 1)
    behind = context.figure_behind_in_sentence(figure)
    ranged = behind is not None and context.holds_only(RANGE_JOINERS, figure.last + 1, behind.first - 1)
    before = context.figure_of(figure.sentence, run[0].first)
    opening = before.last + 1 if before is not None else context.sentence_tokens[figure.sentence][0]
    pooled = not POOLED.isdisjoint([*context.words(opening, run[0].first - 1), *between])
    if ranged or pooled or context.figures.starting(last + 1, figure.first - 1):
        return ()
    return tuple(placed.mention.value for placed in run if placed.mention.value)


def distributive_before(context: Context, figure: Placed[Figure]) -> int | None:
    """Last token of the `masing-masing` or `berturut-turut` that stands before the figure in its sentence."""
    first, _ = context.sentence_tokens[figure.sentence]
    words = distributive_words(context)
    at = bisect_right(words, figure.first - 1) - 1
    return words[at] if at >= 0 and words[at] >= first + 2 else None


@lru_cache(maxsize=1)
def distributive_words(context: Context) -> tuple[int, ...]:
    """The last token of every `masing-masing` and `berturut-turut`: three tokens, the hyphen is one."""
    lower = context.lower
    hyphens = (token for token, word in enumerate(lower) if word == "-" and token)
    return tuple([token + 1 for token in hyphens if "".join(lower[token - 1 : token + 2]) in DISTRIBUTIVE])


def shared_by(context: Context, figure: Placed[Figure]) -> tuple[Region, ...]:
    """The regions of `Balangan dan HSS sama-sama 100%`; empty where the figure is one region's."""
    before = context.figures.before(figure.first)
    first = max(
        context.sentence_tokens[figure.sentence][0],
        figure.first - COLLECTIVE_REACH,
        before.last if before is not None else 0,
    )
    words = "".join(context.lower[first : figure.first])
    # Ketiganya berturut-turut 99,1 persen, 95,4 persen, dan 92,8 persen: one figure for each.
    if not any(word in words for word in COLLECTIVE) or distributive_before(context, figure) is not None:
        return ()
    runs = [run for run in runs_before(context, figure.first) if first - 4 <= run[-1].last < figure.first]
    return tuple(placed.mention.value for placed in runs[-1] if placed.mention.value) if runs else ()
