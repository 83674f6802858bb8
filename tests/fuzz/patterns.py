"""Every regular expression of the three packages, and texts made to trip each of them.

Found are those that modules hold as constants, alone or inside of tables; those that loaders build from lexicons and
registries; and those written where they are used, read out of the source.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
import functools
import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Mapping
from pathlib import Path
from re import _constants as sre
from re import _parser

import corpus
import crawler
import extract

PACKAGES = (extract, crawler, corpus)
SEARCHES = frozenset({"search", "split", "findall", "finditer", "sub", "subn"})
MATCHES = frozenset({"match", "fullmatch"})
CALLS = SEARCHES | MATCHES | {"compile"}
MANY = 8
"""A repeat that is allowed more often than this can be pumped."""


def iter_modules():
    """Every module of the three packages, but those whose import starts something."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def collect():
    """Every pattern once, by the first place it is found at: "extract.language.TOKEN", "crawler.probe.signs:129"."""
    found = {}
    for module in iter_modules():
        for name, value in iter_patterns_of(module):
            found.setdefault((value.pattern, value.flags), (name, value))
    return dict(found.values())


def iter_patterns_of(module):
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        if is_loader(value) and value.__module__ == module.__name__:
            value = value()
        if not inspect.ismodule(value):
            yield from held(value, f"{module.__name__}.{name}", set())
    yield from written(module)


def is_loader(value):
    """Whether it is a cached function that can be called as it is: that is how lexicons are loaded."""
    return hasattr(value, "cache_info") and all(
        parameter.default is not parameter.empty for parameter in inspect.signature(value).parameters.values()
    )


def held(value, name, seen):
    """The patterns in a value, however deep in tables and dataclasses."""
    if isinstance(value, re.Pattern):
        yield name, value
        return
    if isinstance(value, str | bytes | type) or id(value) in seen:
        return
    seen.add(id(value))
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from held(getattr(value, field.name), f"{name}.{field.name}", seen)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from held(inner, f"{name}[{key}]", seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for position, inner in enumerate(value):
            yield from held(inner, f"{name}[{getattr(inner, 'domain', getattr(inner, 'name', position))}]", seen)


def written(module):
    """The patterns written inside of functions, where they can be told without running them."""
    for place, call in calls(module):
        try:
            pattern = evaluated(call.args[0], module)
        except NameError:  # made of what the function is given: of a lexicon or a registry, and found there
            continue
        given = [*call.args[1:], *(word.value for word in call.keywords)]
        flags = [evaluated(one, module) for one in given if is_flag(one)]
        yield place, re.compile(pattern, flags[0] if flags else 0)


def calls(module):
    """Each call of `re` inside of a function, with its place: "extract.figures.read:74 sub"."""
    for function in functions(module):
        for call in ast.walk(function):
            if method(call) in CALLS and isinstance(call.func.value, ast.Name) and call.func.value.id == "re":
                yield f"{module.__name__}:{call.lineno} {method(call)}", call


def functions(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def method(node):
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None


def evaluated(node, module):
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), dict(vars(module)))


@functools.cache
def uses():
    """How patterns are used anywhere, by the name of what holds them: {"DATE": {"search"}, "label": {"finditer"}}."""
    found = collections.defaultdict(set)
    for module in iter_modules():
        for call in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if method(call) in SEARCHES | MATCHES:
                holder = call.func.value
                name = getattr(holder, "id", None) or getattr(holder, "attr", None) or ""
                # Texts can be split too; patterns that are called are constants.
                if method(call) != "split" or name.isupper():
                    found[name].add(method(call))
    return found


def methods(name):
    """With which of finditer, match and fullmatch a pattern is to be tried: as it is used, or all where that is unsaid.

    A search that finds nothing is as dear as looking for all; whatever searches is tried as finditer.
    """
    place, _, inline = name.partition(" ")
    held_as = re.sub(r"\[[^]]*\]", "", place).rpartition(".")[2]
    used = {inline} if inline else uses().get(held_as, set())
    if not used or "compile" in used:
        return ("finditer", "match", "fullmatch")
    return (*(("finditer",) if used & SEARCHES else ()), *sorted(used & MATCHES))


def is_flag(node):
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"


# -- texts to trip a pattern


def attacks(pattern):
    """What is to be repeated against a pattern, each as (before, repeated, behind).

    From its own parse tree: for each repeat that can run on, what leads up to it, what it repeats, and an end at which
    it fails; what leads up to it repeated, so that a search starts anew everywhere; and each of its pieces alone.
    """
    tree = parsed(pattern)
    found = [("", piece) for piece in (*COMMON, *filter(None, iter_pieces(tree)))]
    for lead, bodies in iter_repeats(tree, ""):
        found.append(("", lead))
        for body in dict.fromkeys([*bodies, *"".join(bodies)]):
            found += [(lead, body), ("", body), ("", lead + body)]
        found += [(lead, one + other) for one, other in itertools.pairwise(bodies)]
    return [(lead, body, end) for lead, body in dict.fromkeys(found) if body for end in ENDS]


ENDS = ("", "\n!")
COMMON = (" ", "\n", "\t", "a", "A", "aa ", "A ", "1", "1 ", "1.", "1,", ".", "-", "/", "\xa0", "\u2019", "\u0301", "_")


def parsed(pattern):
    return _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else 0)


def iter_pieces(tree):
    """Single characters and runs of literals of a pattern."""
    run = ""
    for operator, argument in tree:
        if operator is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
        run = ""
        for inner in trees_of(operator, argument):
            yield from iter_pieces(inner)
        yield from example(operator, argument)
    if run:
        yield run


def trees_of(operator, argument):
    """The trees inside of a node."""
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [argument[2]]
    if operator is sre.SUBPATTERN:
        return [argument[3]]
    if operator is sre.ATOMIC_GROUP:
        return [argument]
    if operator is sre.BRANCH:
        return argument[1]
    if operator in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    if operator is sre.GROUPREF_EXISTS:
        return [tree for tree in argument[1:] if tree is not None]
    return []


def iter_repeats(tree, lead):
    """Each repeat that can run on, as what leads up to it and what it repeats."""
    for operator, argument in tree:
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and argument[1] > MANY:
            yield lead, examples(argument[2])
        for inner in trees_of(operator, argument):
            yield from iter_repeats(inner, lead)
        lead += next(iter(example(operator, argument)), "")


def examples(tree):
    """Some texts that a tree matches, or nearly: as many as its widest choice has, eight at the most."""
    found = [""]
    for operator, argument in tree:
        choices = example(operator, argument) or [""]
        found = [(found[at % len(found)] + choices[at % len(choices)]) for at in range(max(len(found), len(choices)))]
    return [text for text in dict.fromkeys(found) if text][:8]


CLASSES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_WORD: "a1",
    sre.CATEGORY_NOT_DIGIT: "a ",
    sre.CATEGORY_NOT_SPACE: "a.",
    sre.CATEGORY_NOT_WORD: " .",
}


def example(operator, argument):
    """Some texts for one node of a tree."""
    if operator is sre.LITERAL:
        return [chr(argument)]
    if operator is sre.NOT_LITERAL:
        return [next(sign for sign in "a1 ." if ord(sign) != argument)]
    if operator is sre.ANY:
        return ["a", " ", "1"]
    if operator is sre.IN:
        return members(argument)
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        once = [text * max(1, argument[0]) for text in examples(argument[2])]
        return once if argument[0] else [*once, ""]
    if operator is sre.BRANCH:
        return [text for tree in argument[1] for text in examples(tree)[:2]]
    if operator in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return examples(trees_of(operator, argument)[0])
    return []


def members(items):
    """Some characters of a class in brackets; for one that is told by what it excludes, what is left of a few."""
    if items[0][0] is sre.NEGATE:
        kept = "[" + "".join(excluded(item) for item in items[1:]) + "]"
        return [sign for sign in "a1 .-,\n" if not re.match(kept, sign)][:4]
    found = []
    for kind, value in items:
        if kind is sre.LITERAL:
            found.append(chr(value))
        elif kind is sre.RANGE:
            found.append(chr(value[0]))
        else:
            found += CLASSES.get(value, "")
    return found


def excluded(item):
    kind, value = item
    if kind is sre.LITERAL:
        return re.escape(chr(value))
    if kind is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {
        sre.CATEGORY_DIGIT: r"\d",
        sre.CATEGORY_SPACE: r"\s",
        sre.CATEGORY_WORD: r"\w",
        sre.CATEGORY_NOT_DIGIT: r"\D",
        sre.CATEGORY_NOT_SPACE: r"\S",
        sre.CATEGORY_NOT_WORD: r"\W",
    }[value]
