"""What happens to a figure between the mouth and the page, from what was printed in the news.

Each slip takes a figure as it should have been printed and gives it as it came out, or None where it cannot happen to
this one. Nothing here knows how slips are undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Print:
    """A figure in print: sign, digits with their marks, scale word, and the word or sign for percent."""

    number: str
    scale: str = ""
    tail: str = ""
    sign: str = ""

    @property
    def text(self) -> str:
        return self.sign + self.number + self.scale + self.tail

    @property
    def groups(self) -> list[str]:
        """The groups of three of a number without decimals; empty for any other."""
        return self.number.split(".") if THOUSANDS.fullmatch(self.number) else []


Slip = Callable[[Print, Random], Print | None]


def print_count(people: float, chance: Random, *, short: bool = False) -> tuple[Print, float]:
    """A number of people as an article prints it, with the number that this print means.

    In full mostly; in thousands or millions where asked for, or where nothing is lost by it.
    """
    value = round(people)
    if short and value >= 1_000_000:
        value = round(value, -5)
        return Print(f"{value / 1_000_000:.1f}".replace(".", ",").removesuffix(",0"), " juta"), value
    if short and value >= 10_000:
        return Print(str(round(value / 1000)), " ribu"), round(value, -3)
    if value % 1000 == 0 and 1000 <= value < 1_000_000 and chance.random() < 0.4:
        return Print(str(value // 1000), " ribu"), value
    if value % 100_000 == 0 and value and chance.random() < 0.4:
        return Print(f"{value / 1_000_000:.1f}".replace(".", ",").removesuffix(",0"), " juta"), value
    return Print(dotted(value)), value


def print_rate(rate: float, chance: Random) -> tuple[Print, float]:
    """A percentage as an article prints it."""
    places = 2 if round(rate, 1) != rate else 1 if round(rate) != rate else 0
    return Print(f"{rate:.{places}f}".replace(".", ","), "", chance.choice([" persen", " persen", "%"])), rate


def dotted(value: int) -> str:
    return f"{value:,}".replace(",", ".")


# -- numbers of people


def spoken_parts(figure: Print, chance: Random) -> Print | None:
    """seratus | dua puluh enam ribu: 126.000 -> 100.026.000, 26.794 -> 20.006.794."""
    groups = figure.groups
    if not groups:
        return None
    fitting = [at for at, group in enumerate(groups) if _parts(group)]
    if not fitting:
        return None
    at = chance.choice(fitting[:1] * 3 + fitting)  # mostly the first group: that is where a speaker pauses
    return replace(figure, number=".".join([*groups[:at], *_parts(groups[at]), *groups[at + 1 :]]))


def _parts(group: str) -> tuple[str, ...]:
    """The two parts in which a group is said: 126 -> 100, 026; none for those said in one."""
    if len(group) == 3 and group[0] != "0" and group[1:] != "00":
        return group[0] + "00", "0" + group[1:]
    if len(group) == 2 and group[0] not in "01" and group[1] != "0":
        return group[0] + "0", "00" + group[1]
    return ()


def spoken_zeros(figure: Print, chance: Random) -> Print | None:
    """dua juta | seratus enam puluh tiga ribu ...: 2.163.388 -> 2.000.163.388."""
    groups = figure.groups
    return replace(figure, number=".".join([groups[0], "000", *groups[1:]])) if groups else None


def spoken_blank(figure: Print, chance: Random) -> Print | None:
    """dua ratus | empat puluh empat ribu: 244 ribu -> 200 44 ribu."""
    number = figure.number
    if not figure.scale or not number.isdigit() or len(number) != 3 or number[1] == "0":
        return None
    return replace(figure, number=f"{number[0]}00 {number[1:]}")


def english_count(figure: Print, chance: Random) -> Print | None:
    """148.948 -> 148,948; 2,1 juta -> 2.1 juta."""
    swapped = figure.number.translate(str.maketrans(".,", ",."))
    return replace(figure, number=swapped) if swapped != figure.number else None


def space_beside_mark(figure: Print, chance: Random) -> Print | None:
    """789.506 -> 789. 506, or 789 .506 ."""
    at = figure.number.rfind(".")
    if at < 0 or figure.scale:
        return None
    at += chance.choice([1, 1, 1, 0])
    return replace(figure, number=figure.number[:at] + " " + figure.number[at:])


def space_for_mark(figure: Print, chance: Random) -> Print | None:
    """1.708.552 -> 1.708 552."""
    head, mark, tail = figure.number.rpartition(".")
    return replace(figure, number=f"{head} {tail}") if mark and not figure.scale else None


def groups_broken(figure: Print, chance: Random) -> Print | None:
    """2.738.739 -> 273.8739, 244.956 -> 24.4956: one mark, in the wrong place."""
    if not figure.groups:
        return None
    digits = "".join(figure.groups)
    places = [at for at in range(1, min(4, len(digits) - 1)) if len(digits) - at != 3 and len(digits) - at > 2]
    if not places:
        return None
    at = chance.choice(places)
    return replace(figure, number=f"{digits[:at]}.{digits[at:]}")


def group_extra(figure: Print, chance: Random) -> Print | None:
    """244.956 -> 244.956.000; now and then the last group twice."""
    groups = figure.groups
    if not groups:
        return None
    return replace(figure, number=".".join([*groups, chance.choice(["000", "000", "000", groups[-1]])]))


def digit_twice(figure: Print, chance: Random) -> Print | None:
    """405.156 -> 4.051.156."""
    return _with_digit(figure, chance, twice=True)


def digit_extra(figure: Print, chance: Random) -> Print | None:
    """405.156 -> 4.057.156."""
    return _with_digit(figure, chance, twice=False)


def _with_digit(figure: Print, chance: Random, *, twice: bool) -> Print | None:
    digits = "".join(figure.groups)
    if not digits:
        return None
    at = chance.randrange(len(digits))
    digit = digits[at] if twice else str(chance.randrange(10))
    return replace(figure, number=dotted(int(digits[: at + 1] + digit + digits[at + 1 :])))


def scale_doubled(figure: Print, chance: Random) -> Print | None:
    """187.982.949 -> 187.982.949 juta, 270.630 -> 270.630 ribu."""
    if figure.scale or not figure.groups:
        return None
    return replace(figure, scale=" juta" if len(figure.groups) > 2 else " ribu")


def scale_lost(figure: Print, chance: Random) -> Print | None:
    """2,1 juta -> 2,1; 380 ribu -> 380; 1.278.000 -> 1.278."""
    if figure.scale:
        return replace(figure, scale="")
    return replace(figure, number=".".join(figure.groups[:-1])) if figure.groups[-1:] == ["000"] else None


def letter(figure: Print, chance: Random) -> Print | None:
    """129.000 -> l29.000, 360.000 -> 36O.000."""
    places = [at for at, digit in enumerate(figure.number) if digit in "10"]
    if not places or not figure.groups:
        return None
    at = chance.choice(places)
    typed = chance.choice("lI") if figure.number[at] == "1" else "O"
    return replace(figure, number=figure.number[:at] + typed + figure.number[at + 1 :])


def currency(figure: Print, chance: Random) -> Print | None:
    """56.560 -> Rp56.560."""
    return replace(figure, sign=chance.choice(["Rp", "Rp", "Rp "]))


# -- percentages


def english_rate(figure: Print, chance: Random) -> Print | None:
    """98,29 -> 98.29."""
    return replace(figure, number=figure.number.replace(",", ".")) if "," in figure.number else None


def space_in_rate(figure: Print, chance: Random) -> Print | None:
    """101,00% -> 101, 00%."""
    whole, mark, decimals = figure.number.partition(",")
    return replace(figure, number=f"{whole}{chance.choice([', ', ', ', ' ,'])}{decimals}") if mark else None


def comma_lost(figure: Print, chance: Random) -> Print | None:
    """98,29 -> 9829."""
    return replace(figure, number=figure.number.replace(",", "")) if figure.number.count(",") else None


def comma_doubled(figure: Print, chance: Random) -> Print | None:
    """98,29 -> 98,29,29 or 98,,29."""
    whole, mark, decimals = figure.number.partition(",")
    if not mark:
        return None
    return replace(figure, number=chance.choice([f"{whole},{decimals},{decimals}", f"{whole},,{decimals}"]))


def zero_in_front(figure: Print, chance: Random) -> Print | None:
    """0,87 -> 00,87."""
    return replace(figure, number="0" + figure.number) if "," in figure.number else None


def percent_lost(figure: Print, chance: Random) -> Print | None:
    """84,06 persen penduduk -> 84,06 penduduk."""
    return replace(figure, tail="") if figure.number.count(",") else None


COUNT_SLIPS: Mapping[str, Slip] = {
    "spoken part by part": spoken_parts,
    "spoken, zeros between": spoken_zeros,
    "spoken, a blank between": spoken_blank,
    "English separators": english_count,
    "blank beside the mark": space_beside_mark,
    "blank for the mark": space_for_mark,
    "groups broken": groups_broken,
    "a group too many": group_extra,
    "a digit typed twice": digit_twice,
    "a digit too many": digit_extra,
    "scale doubled": scale_doubled,
    "scale lost": scale_lost,
    "letter for digit": letter,
    "stray currency": currency,
}
RATE_SLIPS: Mapping[str, Slip] = {
    "decimal point": english_rate,
    "blank in the rate": space_in_rate,
    "comma lost": comma_lost,
    "comma doubled": comma_doubled,
    "zero in front": zero_in_front,
    "persen lost": percent_lost,
}
SECOND_SLIPS: Mapping[str, Slip] = {
    "English separators": english_count,
    "blank beside the mark": space_beside_mark,
    "letter for digit": letter,
    "stray currency": currency,
    "decimal point": english_rate,
    "blank in the rate": space_in_rate,
}
"""Those that happen to a figure whatever else did: they come from the typing, not from the number."""
