"""Who said a sentence: verbs of speaking beside a person, quotations, and what carries over to the next sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extract.context import Context, Placed
from extract.mentions import words_of
from extract.mentions.speaker import word_of_speaking
from extract.mentions.speaker_lexicon import QUOTATION_MARKS, SpeakerLexicon, load_speaker_lexicon
from extract.models import Speaker
from extract.sentences import LineKind, Sentence

OWN_VIEW = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """The person a sentence is attributed to, and why."""

    speaker: Speaker
    rule: str
    cue: str
    token: int


def attribute_sentences(context: Context) -> tuple[Attribution | None, ...]:
    """For each sentence the person who said it; None where the reporter speaks."""
    lexicon = load_speaker_lexicon()
    own = find_own_attributions(context, lexicon)
    said = list(own)
    for index, attribution in enumerate(own):
        if attribution is not None and attribution.rule == "speaker.backward":
            carry_back(context, said, index, attribution)
    said = attribute_quotes(context, said)
    return tuple(carry_on(context, lexicon, said))


def find_own_attributions(context: Context, lexicon: SpeakerLexicon) -> list[Attribution | None]:
    """What each sentence itself says about its speaker; pronouns stand for whoever spoke, or was named, last."""
    own: list[Attribution | None] = []
    speaker: Speaker | None = None
    spoke_at = -1
    for index, sentence in enumerate(context.sentences):
        first, last = context.sentence_tokens[index]
        people = [placed for placed in context.speakers.starting(first, last) if placed.mention.value is not None]
        silent = not people and lexicon.telling.isdisjoint(context.lower[first : last + 1])
        if silent or sentence.kind is LineKind.FURNITURE:
            own.append(None)
            continue
        named_at, named = last_named(context, index, speaker is not None)
        previous = named if named is not None and (speaker is None or named_at > spoke_at) else speaker
        attribution = find_attribution(context, index, people, lexicon, previous)
        own.append(attribution)
        if attribution is not None:
            speaker, spoke_at = attribution.speaker, index
    return own


def last_named(context: Context, index: int, spoken: bool) -> tuple[int, Speaker | None]:
    """The last person named before sentence `index`, and where.

    Not further back than the sentence before, or before the quotation that goes on here; as far as the paragraph before
    where nobody has spoken yet.
    """
    sentences = context.sentences
    begin = max(index - 1, 0)
    if context.is_quoted(sentences[index].start):
        while begin and context.is_quoted(sentences[begin].start):
            begin -= 1
    if not spoken:
        paragraph = sentences[index].paragraph - 1
        while begin and sentences[begin - 1].paragraph >= paragraph:
            begin -= 1
    people = context.speakers.starting(context.sentence_tokens[begin][0], context.sentence_tokens[index][0] - 1)
    named = next((placed for placed in reversed(people) if placed.mention.value), None)
    return (named.sentence, named.mention.value) if named is not None else (-1, None)


def carry_on(context: Context, lexicon: SpeakerLexicon, said: list[Attribution | None]) -> Iterator[Attribution | None]:
    """An official's words go on through the paragraph, through the list that they open, and up to where they go on.

    A later paragraph without any verb of speaking is still theirs when the next person to speak is the same one, and
    paragraphs are mostly single sentences: where they are longer, each of them tells its own source.
    """
    last: Attribution | None = None
    last_paragraph = -1
    institution_at = -1
    goes_on = detailed = False
    later = next_said(said)
    single = has_single_sentences(context.sentences)
    paragraph_ends = {sentence.paragraph: sentence.end for sentence in context.sentences}
    for index, sentence in enumerate(context.sentences):
        attribution = said[index]
        if attribution is not None:
            last, last_paragraph, goes_on, detailed = attribution, sentence.paragraph, True, False
            yield attribution
            continue
        if last is None or sentence.kind is LineKind.FURNITURE:
            yield None
            continue
        new_topic = sentence.paragraph != last_paragraph and starts_with(context, index, lexicon.topic_openings)
        if new_topic or opens_reporter_sentence(context, index, lexicon):
            last, goes_on = None, False
            yield None
            continue
        at = later[index]
        following = said[at] if at is not None else None
        resumes = single and following is not None and following.speaker == last.speaker
        opens_list = opens_a_list(context, last, single, lexicon) or context.article.text.endswith(
            ":", 0, paragraph_ends[last_paragraph]
        )
        detailed = detailed or (goes_on and starts_with(context, index, lexicon.detail_openings))
        if an_institution_speaks(context, index, lexicon):
            institution_at = sentence.paragraph
        goes_on = sentence.paragraph != institution_at and (
            sentence.paragraph == last_paragraph or resumes or opens_list or detailed
        )
        if not goes_on and context.is_quoted(sentence.start) and context.is_quoted(sentence.end - 1):
            # Nobody is named beside the quotation: it goes on with whoever spoke last.
            goes_on, last_paragraph = True, sentence.paragraph
        yield replace(last, rule="speaker.carried") if goes_on else None


def opens_a_list(context: Context, last: Attribution, single: bool, lexicon: SpeakerLexicon) -> bool:
    """Whether details follow in lines of their own; among longer paragraphs a sentence with figures has told them."""
    if last.cue.lower() not in lexicon.listing_verbs:
        return False
    return single or not context.figures.starting(*context.sentence_tokens[context.sentence_of(last.token)])


def has_single_sentences(sentences: Sequence[Sentence]) -> bool:
    """Whether at least half of the text's paragraphs are one sentence."""
    sizes = Counter([sentence.paragraph for sentence in sentences if sentence.kind is LineKind.BODY])
    return 2 * list(sizes.values()).count(1) >= len(sizes)


def an_institution_speaks(context: Context, index: int, lexicon: SpeakerLexicon) -> bool:
    """`Dinas Sosial Kabupaten Cirebon mencatat 38 ribu orang`, `menurut Dukcapil` are nobody's statements."""
    first, last = context.sentence_tokens[index]
    words = context.lower[first : min(last + 1, first + 14)]
    subject = next((i for i, word in enumerate(words) if word in lexicon.institutions), None)
    if subject is None:
        return False
    named_as_source = subject > 0 and words[subject - 1] in lexicon.source_words
    return named_as_source or any(word in lexicon.speech_verbs for word in words[subject + 1 :])


def next_said(said: Sequence[Attribution | None]) -> list[int | None]:
    """For each sentence the first from it on that has an attribution."""
    following: list[int | None] = []
    next_at: int | None = None
    for index in range(len(said) - 1, -1, -1):
        next_at = index if said[index] is not None else next_at
        following.append(next_at)
    return following[::-1]


def find_attribution(
    context: Context,
    index: int,
    people: Sequence[Placed[Speaker]],
    lexicon: SpeakerLexicon,
    previous: Speaker | None,
) -> Attribution | None:
    """The attribution that the sentence itself carries; `people` are those that it names."""
    first, last = context.sentence_tokens[index]
    backward = starts_with(context, index, lexicon.backward_openings)
    for position in range(first, last + 1):
        word = context.lower[position]
        if word not in lexicon.telling:
            continue
        if word in QUOTATION_MARKS or word in lexicon.source_nouns:
            verb = word_of_speaking(words_of(context.doc), position, lexicon)
            if verb is None or (verb != position and context.lower[verb] in lexicon.telling):
                continue
            position = verb
        rule, person = whom_it_tells(context, position, first, last, people, previous, lexicon)
        if person is not None:
            if backward and rule == "speaker.verb":
                rule = "speaker.backward"
            return Attribution(person, rule, context.doc[position].text, position)
    colon = next(
        (
            token
            for token in range(first, last)
            if context.lower[token] == ":" and context.is_quoted(context.starts[token + 1])
        ),
        None,
    )
    speaking = [placed for placed in people if colon is not None and placed.last < colon]
    if speaking and speaking[0].mention.value is not None:
        # Kepala BPJS Kesehatan Cabang Jember ..., Jumat: "Hingga 17 Februari ..."
        return Attribution(speaking[0].mention.value, "speaker.colon", ":", colon or first)
    if backward and people and people[0].mention.value is not None:
        return Attribution(people[0].mention.value, "speaker.backward", people[0].mention.raw, people[0].first)
    return None


def whom_it_tells(
    context: Context,
    verb: int,
    first: int,
    last: int,
    people: Sequence[Placed[Speaker]],
    previous: Speaker | None,
    lexicon: SpeakerLexicon,
) -> tuple[str, Speaker | None]:
    """The rule and the person by which the word of speaking at `verb` tells who says tokens `first`..`last`."""
    word = context.lower[verb]
    active, opening = word in lexicon.active_verbs, context.lower[first]
    if word in lexicon.clitics or (word not in lexicon.telling and word.endswith("nya")):
        return "speaker.clitic", previous
    if not active:
        person = person_after(context, verb, last, lexicon)
        if person is not None:
            return "speaker.verb", person.mention.value
        behind = next_word(context, verb)
        if behind in lexicon.pronouns or behind in lexicon.descriptions:
            return "speaker.pronoun", previous
        # `Dijelaskan, ...`; `Lebih lanjut dijelaskan, ...`
        if word in lexicon.passive_verbs and context.holds_only(lexicon.adverbs, first, verb - 1):
            return "speaker.pronoun", previous
    if word not in lexicon.speech_verbs:
        return "speaker.pronoun", previous if is_own_view(context, verb, lexicon) else None
    if opening in lexicon.descriptions and verb - first <= 12:
        return "speaker.pronoun", previous
    person = subject_before(context, verb, people, lexicon)
    if person is not None:
        return "speaker.verb", person.mention.value
    if word_before(context, verb, lexicon) in lexicon.pronouns:
        return "speaker.pronoun", previous
    return "speaker.verb", None


def is_own_view(context: Context, source: int, lexicon: SpeakerLexicon) -> bool:
    """Whether the source that is told is the last person's own: `menurut catatannya`, `menurut data yang ia pegang`."""
    behind = context.words(source + 1, source + OWN_VIEW)
    phrase = list(takewhile(lambda word: word.isalpha(), behind))
    return context.lower[source] == "menurut" and (
        any(word.endswith("nya") for word in phrase[:1]) or not lexicon.pronouns.isdisjoint(phrase)
    )


def person_after(context: Context, verb: int, last: int, lexicon: SpeakerLexicon) -> Placed[Speaker] | None:
    """The person of the sentence right behind the verb; `last` is the sentence's last token.

    `kata Hera`, `disampaikan langsung oleh Kepala ...`, `menurut dr. Hera`
    """
    position = verb + 1
    lower = context.lower
    while position < len(lower) and (
        lower[position] in lexicon.agent_words or lower[position] in lexicon.titles or lower[position] == "."
    ):
        position += 1
    people = context.speakers.starting(position, min(position + 1, last))
    return next((placed for placed in people if placed.mention.value is not None), None)


def subject_before(
    context: Context, verb: int, people: Sequence[Placed[Speaker]], lexicon: SpeakerLexicon
) -> Placed[Speaker] | None:
    """The subject of a verb is the first person named before it: `Ansar, yang didampingi ... Hasan, menekankan`.

    Unless somebody speaks for that person: `Bupati Ansar melalui Sekda Hasan mengatakan`. A verb that has its person
    behind it has none before it that stands further off.
    """
    before = [placed for placed in people if placed.last < verb]
    if context.lower[verb] in lexicon.inverted_verbs:
        before = [placed for placed in before if lexicon.adverbs.issuperset(context.words(placed.last + 1, verb - 1))]
    for placed in before[1:]:
        if not lexicon.proxies.isdisjoint(context.words(placed.first - 2, placed.first - 1)):
            return placed
    return before[0] if before else None


def next_word(context: Context, position: int) -> str:
    return context.lower[position + 1] if position + 1 < len(context.lower) else ""


def word_before(context: Context, position: int, lexicon: SpeakerLexicon) -> str:
    words = context.words(position - 4, position - 1)
    return next((word for word in reversed(words) if word not in lexicon.adverbs), "")


def starts_with(context: Context, index: int, openings: tuple[str, ...]) -> bool:
    sentence = context.sentences[index]
    return context.article.text[sentence.start : sentence.start + 40].lower().lstrip("\"“' ").startswith(openings)


def opens_reporter_sentence(context: Context, index: int, lexicon: SpeakerLexicon) -> bool:
    return starts_with(context, index, lexicon.reporter_openings)


def carry_back(context: Context, said: list[Attribution | None], index: int, own: Attribution) -> None:
    """`Hal tersebut disampaikan oleh ...` hands over the sentences of the paragraph before that have no speaker yet.

    Where somebody speaks in that paragraph, what follows is still theirs.
    """
    carried = Attribution(own.speaker, "speaker.backward", own.cue, own.token)
    sentences = context.sentences
    begin = index
    for position in range(index - 1, -1, -1):
        sentence = sentences[position]
        if said[position] is not None:
            while begin < index and sentences[begin].paragraph == sentence.paragraph:
                begin += 1
            break
        if sentence.kind is not LineKind.BODY or sentence.paragraph < sentences[index].paragraph - 1:
            break
        begin = position
    said[begin:index] = [carried] * (index - begin)


def attribute_quotes(context: Context, said: list[Attribution | None]) -> list[Attribution | None]:
    """A quotation belongs to whoever is named in its paragraph, also when the name stands behind it."""
    result = list(said)
    sentences = context.sentences
    ends = [sentence.end for sentence in sentences]
    later = next_said(said)
    for begin, end in context.quotes:
        first = bisect_right(ends, begin)
        if first == len(sentences) or sentences[first].start >= end:
            continue
        # What an earlier quotation filled lies before this one, or in its first sentence.
        named = result[first]
        if named is None and (at := later[first]) is not None and sentences[at].paragraph == sentences[first].paragraph:
            named = said[at]
        if named is None:
            continue
        quoted = replace(named, rule="speaker.quote")
        for i in range(first, len(sentences)):
            if sentences[i].start >= end:
                break
            result[i] = result[i] or quoted
    return result
