"""Who said a sentence: verbs of speaking beside a person, quotations, and what carries over to the next sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.context import Context, Placed
from extract.mentions.speaker_lexicon import SpeakerLexicon, load_speaker_lexicon
from extract.models import Speaker
from extract.sentences import LineKind


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
            said = carry_back(context, said, index, attribution)
    said = attribute_quotes(context, said)
    return tuple(carry_on(context, lexicon, said))


def find_own_attributions(context: Context, lexicon: SpeakerLexicon) -> list[Attribution | None]:
    """What each sentence itself says about its speaker; pronouns stand for whoever spoke, or was named, last."""
    own: list[Attribution | None] = []
    speaker: Speaker | None = None
    spoke_at = -1
    for index, sentence in enumerate(context.sentences):
        if sentence.kind is LineKind.FURNITURE:
            own.append(None)
            continue
        named_at, named = last_named(context, index)
        previous = named if named is not None and (speaker is None or named_at > spoke_at) else speaker
        attribution = find_attribution(context, index, lexicon, previous)
        own.append(attribution)
        if attribution is not None:
            speaker, spoke_at = attribution.speaker, index
    return own


def last_named(context: Context, index: int) -> tuple[int, Speaker | None]:
    """The last person named before sentence `index`, not further than the sentence before, and where."""
    named = [placed for placed in context.speakers if index - 1 <= placed.sentence < index and placed.mention.value]
    return (named[-1].sentence, named[-1].mention.value) if named else (-1, None)


def carry_on(context: Context, lexicon: SpeakerLexicon, said: list[Attribution | None]) -> Iterator[Attribution | None]:
    """An official's words go on through the paragraph, through the list that they open, and up to where they go on.

    A later paragraph without any verb of speaking is still theirs when the next person to speak is the same one.
    """
    last: Attribution | None = None
    last_paragraph = -1
    goes_on = detailed = False
    for index, sentence in enumerate(context.sentences):
        attribution = said[index]
        if attribution is not None:
            last, last_paragraph, goes_on, detailed = attribution, sentence.paragraph, True, False
            yield attribution
            continue
        if last is None or sentence.kind is LineKind.FURNITURE:
            yield None
            continue
        if opens_reporter_sentence(context, index, lexicon):
            last, goes_on = None, False
            yield None
            continue
        following = next((later for later in said[index:] if later is not None), None)
        resumes = following is not None and following.speaker == last.speaker
        opens_list = last.cue.lower() in lexicon.listing_verbs or ends_with_colon(context, last_paragraph)
        detailed = detailed or (goes_on and starts_with(context, index, lexicon.detail_openings))
        goes_on = not an_institution_speaks(context, index, lexicon) and (
            sentence.paragraph == last_paragraph or resumes or opens_list or detailed
        )
        if not goes_on and context.is_quoted(sentence.start) and context.is_quoted(sentence.end - 1):
            # Nobody is named beside the quotation: it goes on with whoever spoke last.
            goes_on, last_paragraph = True, sentence.paragraph
        yield replace(last, rule="speaker.carried") if goes_on else None


def an_institution_speaks(context: Context, index: int, lexicon: SpeakerLexicon) -> bool:
    """`Dinas Sosial Kabupaten Cirebon mencatat 38 ribu orang` is nobody's statement."""
    first, last = context.sentence_tokens[index]
    words = [token.lower_ for token in context.doc[first : min(last + 1, first + 14)]]
    subject = next((i for i, word in enumerate(words) if word in lexicon.institutions), None)
    return subject is not None and any(word in lexicon.speech_verbs for word in words[subject + 1 :])


def ends_with_colon(context: Context, paragraph: int) -> bool:
    """Whether a paragraph announces the lines below it: `Terdiri dari:`."""
    ends = [sentence.end for sentence in context.sentences if sentence.paragraph == paragraph]
    return bool(ends) and context.article.text[: ends[-1]].endswith(":")


def find_attribution(
    context: Context, index: int, lexicon: SpeakerLexicon, previous: Speaker | None
) -> Attribution | None:
    """The attribution that the sentence itself carries."""
    first, last = context.sentence_tokens[index]
    people = [
        placed for placed in context.speakers if first <= placed.first <= last and placed.mention.value is not None
    ]
    doc = context.doc
    backward = starts_with(context, index, lexicon.backward_openings)
    for position in range(first, last + 1):
        word = doc[position].lower_
        if word in lexicon.clitic_verbs and previous is not None:
            return Attribution(previous, "speaker.clitic", doc[position].text, position)
        if word not in lexicon.speech_verbs and word not in lexicon.source_words:
            continue
        person = person_after(context, position, people, lexicon)
        if person is None and previous is not None and stands_for_last(context, position, first, lexicon):
            return Attribution(previous, "speaker.pronoun", word, position)
        if person is None and word not in lexicon.source_words:
            person = subject_before(position, first, people)
            if person is None and previous is not None and word_before(context, position) in lexicon.pronouns:
                return Attribution(previous, "speaker.pronoun", word, position)
        if person is not None and person.mention.value is not None:
            rule = "speaker.backward" if backward else "speaker.verb"
            return Attribution(person.mention.value, rule, doc[position].text, position)
    colon = next(
        (token for token in range(first, last) if doc[token].text == ":" and context.is_quoted(doc[token + 1].idx)),
        None,
    )
    speaking = [placed for placed in people if colon is not None and placed.last < colon]
    if speaking and speaking[0].mention.value is not None:
        # Kepala BPJS Kesehatan Cabang Jember ..., Jumat: "Hingga 17 Februari ..."
        return Attribution(speaking[0].mention.value, "speaker.colon", ":", colon or first)
    if backward and people and people[0].mention.value is not None:
        return Attribution(people[0].mention.value, "speaker.backward", people[0].mention.raw, people[0].first)
    return None


def stands_for_last(context: Context, verb: int, sentence_start: int, lexicon: SpeakerLexicon) -> bool:
    """`kata dia`, `kata pria asal Makassar itu`, `Orang nomor dua itu menyebut`, a passive without agent."""
    behind = next_word(context, verb)
    if behind in lexicon.pronouns or behind in lexicon.descriptions:
        return True
    opening = context.lower[sentence_start]
    passive = verb == sentence_start and opening.startswith("di")
    return passive or (opening in lexicon.descriptions and verb - sentence_start <= 12)


def person_after(
    context: Context, verb: int, people: list[Placed[Speaker]], lexicon: SpeakerLexicon
) -> Placed[Speaker] | None:
    """The person right behind the verb: `kata Hera`, `disampaikan langsung oleh Kepala ...`, `menurut dr. Hera`."""
    position = verb + 1
    while position < len(context.doc) and (
        context.doc[position].lower_ in lexicon.agent_words
        or context.doc[position].lower_ in lexicon.titles
        or context.doc[position].text == "."
    ):
        position += 1
    return next((placed for placed in people if position <= placed.first <= position + 1), None)


def subject_before(verb: int, sentence_start: int, people: list[Placed[Speaker]]) -> Placed[Speaker] | None:
    """The subject of a verb is the first person named before it: `Ansar, yang didampingi ... Hasan, menekankan`."""
    before = [placed for placed in people if sentence_start <= placed.first and placed.last < verb]
    return before[0] if before else None


def next_word(context: Context, position: int) -> str:
    return context.doc[position + 1].lower_ if position + 1 < len(context.doc) else ""


def word_before(context: Context, position: int) -> str:
    words = context.words(position - 2, position - 1)
    return next((word for word in reversed(words) if word not in {"juga", "pun", "kembali", "kemudian"}), "")


def starts_with(context: Context, index: int, openings: tuple[str, ...]) -> bool:
    sentence = context.sentences[index]
    return context.article.text[sentence.start : sentence.start + 40].lower().lstrip("\"“' ").startswith(openings)


def opens_reporter_sentence(context: Context, index: int, lexicon: SpeakerLexicon) -> bool:
    return starts_with(context, index, lexicon.reporter_openings)


def carry_back(
    context: Context, said: list[Attribution | None], index: int, own: Attribution
) -> list[Attribution | None]:
    """`Hal tersebut disampaikan oleh ...` hands over the sentences of the paragraph before that have no speaker yet."""
    carried = Attribution(own.speaker, "speaker.backward", own.cue, own.token)
    result = list(said)
    paragraph = context.sentences[index].paragraph
    for position in range(index - 1, -1, -1):
        sentence = context.sentences[position]
        before = {context.sentences[i].paragraph for i in range(position, index)} - {paragraph}
        if result[position] is not None or sentence.kind is not LineKind.BODY or len(before) > 1:
            break
        result[position] = carried
    return result


def attribute_quotes(context: Context, said: list[Attribution | None]) -> list[Attribution | None]:
    """A quotation belongs to whoever is named in its paragraph, also when the name stands behind it."""
    result = list(said)
    for begin, end in context.quotes:
        inside = [i for i, s in enumerate(context.sentences) if s.start < end and begin < s.end]
        if not inside:
            continue
        paragraph = context.sentences[inside[0]].paragraph
        named = [
            attribution
            for i in range(inside[0], len(result))
            if context.sentences[i].paragraph == paragraph and (attribution := result[i]) is not None
        ]
        for i in inside:
            if named and result[i] is None:
                result[i] = replace(named[0], rule="speaker.quote")
    return result
