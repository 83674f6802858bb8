"""The project's own words, in which odd texts are written so that its rules really fire.

They come from the lexicons and from the annotated articles of tests/gold/demo, all of which are ours.
"""

from __future__ import annotations

import functools
import json
import random
import tomllib
from pathlib import Path

from extract.benchmark.slips import COUNT_SLIPS, RATE_SLIPS, print_count, print_rate
from extract.cues import load_cues
from extract.dates.lexicon import calendar_words
from extract.figures.lexicon import load_figure_lexicon
from extract.mentions.speaker_lexicon import load_speaker_lexicon
from extract.regions.gazetteer import load_gazetteer

DEMO = Path(__file__).parents[1] / "gold" / "demo"

PIECES = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text(encoding="utf-8"))
BLANKS = (*" \n\t\xa0\u3000\u2028\x0b\x85", "", "  ", "\n\n", " " * 300, "\n" * 300)
MARKS = tuple(".,:;!?%()[]/-–—…'\"“”‘’«»&+=<>*#©•_|\\{}`~^$@")
ODD = (*PIECES["odd"], *"\x00\x01\x02\x1f\ud800\udfff", "\udc80\ud83d", "\u0344" * 40)
HUGE = ("9" * 30, "9" * 400, "9" * 5000, "1" + ".000" * 60, "0," + "1" * 400, "1." * 90, "1 " * 90, "111 " * 40)
NUMBERS = (*PIECES["numbers"].split(), *HUGE)
GLUE = tuple(PIECES["glue"].split())
ADDRESSES = (*PIECES["addresses"], "http://\x00", "http://\ud800/")
ROBOTS = (*PIECES["robots"], f"Crawl-delay: {'9' * 5000}", f"Disallow: {'*a' * 40}")


@functools.cache
def lexicon():
    """Words and phrases of every lexicon."""
    calendar, figures, speakers = calendar_words(), load_figure_lexicon(), load_speaker_lexicon()
    gazetteer = load_gazetteer()
    words = [
        *(word for rule in load_cues() for word in rule.words),
        *(*calendar.months, *calendar.weekdays, *calendar.units, *calendar.tenses, *calendar.numbers),
        *(*calendar.day_offsets, *calendar.dayparts, *calendar.parts, *calendar.range_joiners),
        *(word for listed in calendar.context.values() for word in listed),
        *(*figures.digits, *figures.places, *figures.scales, *figures.money_scales, *figures.region_nouns),
        *(*figures.people_nouns, *figures.people_phrases, *figures.segments, *figures.not_people_nouns),
        *(*map(" ".join, speakers.offices), *speakers.speech_verbs, *speakers.source_words, *speakers.titles),
        *(*speakers.acting, *speakers.institutions, *speakers.pronouns, *speakers.degrees),
        *gazetteer.surfaces,
        *gazetteer.decoys,
        *(region.name for region in gazetteer.regions.values()),
    ]
    return tuple(dict.fromkeys(sorted({*words, *(word.capitalize() for word in words)})))


@functools.cache
def slips():
    """Figures as they come out garbled, by every slip of the benchmark."""
    chance = random.Random(1)
    found = []
    for slip in (*COUNT_SLIPS.values(), *RATE_SLIPS.values()):
        for _ in range(12):
            figure = print_count(chance.randrange(1000, 3_000_000), chance, short=chance.random() < 0.3)[0]
            rate = print_rate(round(chance.uniform(0, 105), 2), chance)[0]
            found += [garbled.text for one in (figure, rate) if (garbled := slip(one, chance)) is not None]
    return tuple(dict.fromkeys(found))


@functools.cache
def sentences():
    """The sentences of the annotated demo articles."""
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(DEMO.glob("*.json"))]
    return tuple(dict.fromkeys(line for text in texts for line in text.replace(". ", ".\n").splitlines() if line))


@functools.cache
def kinds():
    """What texts are put together from, by kind."""
    return (BLANKS, MARKS, ODD, NUMBERS, GLUE, lexicon(), slips(), sentences())
