"""What a question means: its intent, its place, and the official Chinese for each of its words.

Everyday Chinese and English are looked up in the glossary, English also in CC-CEDICT, the longest phrase first; only terms that
occur in the store count. Nothing is guessed: what is not found is said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ingest.doc_numbers import find_doc_numbers
from ingest.embedding import Vectors
from ingest.tokens import bigrams, plain, words
from search.answers import Intent, Understood
from search.candidates import Alternative, Group
from search.dictionary import translate
from search.glossary import (
    LONGEST_ENGLISH,
    chinese_pattern,
    english_index,
    everyday_index,
    is_english_name,
    related_index,
)
from search.places import NamedPlace, find_places
from search.questions import find_intent, find_plain, plain_words
from search.settling import Encode, settle
from search.stemming import Stems, stem, stems

Occurs = Callable[[str], bool]
MOST_TERMS = 8
MOST_ABSENT = 3
"""How many terms stand for a word of which the store holds none."""
DICTIONARY_WEIGHT = 0.7
UNSURE = 0.8
"""Weight of the glossary's terms for a word that it has in another form only (refusal, where refuse is garbage)."""
BESIDE_KNOWN = 0.7
MOST_BESIDE = 3
"""Weight and number of the dictionary's terms beside the glossary's."""
RELATED_WEIGHT = 0.3
BESIDE_TYPED = 0.7
"""Weight of official terms where the everyday word itself stands in the store."""

_EXCLUDED = re.compile(r"(?:(?<=\s)|^)-([^\s\-][^\s]{0,40})")
_QUOTED = re.compile(r"[“\"'‘《]([^”\"'’》]{2,60})[”\"'’》]")
_PIECE = re.compile(r"[\u3400-\u9fff0-9%·\[\]]+|[a-z][a-z0-9]*|[0-9]+")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True)
class Plan:
    """A question understood. ``groups`` go to the keyword index, ``meaning`` (Chinese) to the embedding.

    ``places`` are those named: a hit is of one of them or about it. ``exact`` are phrases that a hit must hold (in quotation or
    title marks, document numbers), ``numbers`` those that are document numbers. ``asks_who`` is true where bodies are asked
    for, whatever the intent; ``excluded`` are phrases that a hit must not hold (-培训).
    """

    question: str
    intent: Intent
    asks_who: bool
    places: tuple[NamedPlace, ...]
    topic: str
    groups: tuple[Group, ...]
    exact: tuple[str, ...]
    numbers: tuple[str, ...]
    excluded: tuple[str, ...]
    meaning: str
    understood: tuple[Understood, ...]

    @property
    def place(self) -> str | None:
        """The first place named."""
        return self.places[0].name if self.places else None

    @property
    def place_held(self) -> bool:
        """Whether documents of some place named are held; true where none is named."""
        return not self.places or any(place.held for place in self.places)

    def anywhere(self) -> Plan:
        """The same question without the places and phrases that it insists on."""
        return replace(self, places=(), exact=())


@dataclass
class _Found:
    """One stretch of the question with what it stands for, while the plan is made."""

    start: int
    words: str
    group: Group | None
    source: str
    taken_for: tuple[str, ...] = ()
    held: bool = True
    beside: tuple[str, ...] = ()
    """Terms of the dictionary for a single word that the glossary knows."""


class Holdings(Protocol):
    """What understanding asks of the store and of the embedding."""

    def occurs(self, phrase: str) -> bool:
        """Whether some provision holds a Chinese phrase."""

    def holds_place(self, name: str) -> bool:
        """Whether documents of a place, or of places in it, are held."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of Chinese texts."""


def understand(question: str, holdings: Holdings, *, intents: bool = True) -> Plan:
    """The plan for a question, in terms of what the store holds. Without ``intents`` words that ask are words like others."""
    text, occurs = plain(question), holdings.occurs
    barred = list(_EXCLUDED.finditer(text))
    text = _blank(text, [match.span() for match in barred])
    exact = _find_exact(text)
    rest = _blank(text, [(item.start, item.start + len(item.words)) for item in exact])
    places = [replace(place, held=holdings.holds_place(place.name)) for place in find_places(rest)]
    rest = _blank(rest, [(place.start, place.end) for place in places])
    intent, asks_who, asking = find_intent(rest) if intents else ("search", False, [])
    rest = _blank(rest, asking)
    found = [_Found(p.start, question[p.start : p.end], None, "place", (p.name,)) for p in places]
    found += [_Found(start, question[start:end], None, "intent") for start, end in asking]
    found += [*exact, *_read_chinese(rest, occurs), *_read_english(rest, occurs)]
    found += [_Found(m.start(), question[m.start() : m.end()], None, "excluded", _terms(m[1])) for m in barred]
    found.sort(key=lambda item: item.start)
    _settle(found, holdings.encode)
    groups = tuple(dict.fromkeys(item.group for item in found if item.group is not None))
    return Plan(
        question=question,
        intent=intent,
        asks_who=asks_who,
        places=tuple(places),
        topic=_topic(found) or question.strip(),
        groups=groups,
        exact=tuple(item.taken_for[0] for item in exact),
        numbers=tuple(item.taken_for[0] for item in exact if item.source == "number"),
        excluded=tuple(term for match in barred for term in _terms(match[1])),
        meaning=" ".join(dict.fromkeys(a.text for g in groups for a in g.alternatives)),
        understood=tuple(_tell(item, intent) for item in found if item.words),
    )


def _terms(word: str) -> tuple[str, ...]:
    """What an excluded word stands for: itself, or the official terms of an English one."""
    word = word.strip("“”\"'")
    return english_index().get(stems(word), (word,)) if _LATIN.match(word) else (word,)


def _find_exact(text: str) -> list[_Found]:
    """Document numbers, and what stands in quotation or title marks, where it has Chinese or digits in it."""
    found = [_Found(n.start, text[n.start : n.end], _just(n.value), "number", (n.value,)) for n in find_doc_numbers(text)]
    taken = _blank(text, [(item.start, item.start + len(item.words)) for item in found])
    for match in _QUOTED.finditer(taken):
        phrase = match[1].removeprefix("中华人民共和国")
        if bigrams(phrase) and not _LATIN.search(phrase):
            found.append(_Found(match.start(), match[0], _just(phrase), "text", (phrase,)))
    return found


def _settle(found: list[_Found], encode: Encode) -> None:
    """Weigh the dictionary's translations by how they fit what is sure."""
    context = [item.taken_for[0] for item in found if item.source in {"text", "glossary"} and item.taken_for]
    for item in found:
        if item.source == "dictionary" and item.held:
            settled = settle(item.taken_for, context, encode)
            item.taken_for = tuple(term for term, _ in settled)
            item.group = Group(tuple(Alternative(term, weight) for term, weight in settled), DICTIONARY_WEIGHT)
        elif item.beside and item.group is not None:
            settled = settle(item.beside, [term for term in context if term not in item.taken_for], encode)[:MOST_BESIDE]
            further = tuple(Alternative(term, BESIDE_KNOWN * weight) for term, weight in settled)
            item.group = replace(item.group, alternatives=(*item.group.alternatives, *further))


def _just(phrase: str) -> Group:
    return Group((Alternative(phrase),))


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with the spans turned to spaces, so that offsets hold."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _read_chinese(text: str, occurs: Occurs) -> Iterator[_Found]:
    """Everyday words as their official terms; the rest as typed, with the terms related to official ones beside it."""
    cuts, official = _boundaries(text), set[int]()
    for match in chinese_pattern().finditer(text):
        found = _known(match.start(), match[0], occurs, whole=match.end() in cuts)
        if found is not None:
            yield found
        if found is not None and found.words:
            text = _blank(text, [match.span()])
        else:
            official.update(range(*match.span()))
    text = _blank(text, find_plain(text))
    for start, word in _lone_everyday(text):
        if start not in official:
            yield _everyday(start, word, BESIDE_TYPED, occurs)
            text = _blank(text, [(start, start + 1)])
    for piece in _PIECE.finditer(text):
        if not _LATIN.match(piece[0]):
            yield from _chunks(piece[0], piece.start(), occurs)


def _known(start: int, word: str, occurs: Occurs, *, whole: bool) -> _Found | None:
    """A word of the glossary: an everyday one, or an official one that the store says otherwise; these only as ``whole`` words.

    For other official words what is related to them, without words of its own.
    """
    if whole and word in everyday_index():
        return _everyday(start, word, BESIDE_TYPED if occurs(word) else 1.0, occurs)
    related = tuple(term for term in related_index().get(word, ()) if occurs(term))[:MOST_TERMS]
    alternatives = tuple(map(Alternative, related))
    if not related:
        return None
    if whole and not occurs(word):
        return _Found(start, word, Group((Alternative(word), *alternatives)), "glossary", related)
    return _Found(start, "", Group(alternatives, RELATED_WEIGHT, asked=False), "text")


def _everyday(start: int, word: str, weight: float, occurs: Occurs) -> _Found:
    """An everyday word with its official terms, each of that weight."""
    terms, held = _held(everyday_index()[word], occurs)
    further = tuple(Alternative(term, weight) for term in terms if term != word)
    return _Found(start, word, Group((Alternative(word), *further)), "glossary", terms, held)


def _boundaries(text: str) -> frozenset[int]:
    """Where words end: an everyday word that ends within another word (卖烟 in 卖烟花) is none."""
    ends, position = {0, len(text)}, 0
    for word in words(text):
        position = text.find(word, position) + len(word)
        ends.add(position)
    return frozenset(ends | {match.end() for match in re.finditer(r"[^\u3400-\u9fff]", text)})


def _lone_everyday(text: str) -> list[tuple[int, str]]:
    """Everyday words of one character, where they stand as a word of their own (遛 狗, but not 热狗)."""
    found, position = [], 0
    for word in words(text):
        at = text.find(word, position)
        position = at + len(word)
        if len(word) == 1 and word in everyday_index():
            found.append((at, word))
    return found


def _chunks(run: str, offset: int, occurs: Occurs) -> Iterator[_Found]:
    """Stretches of neighbouring words with a topic."""
    skipped = plain_words("zh")
    start = position = 0
    for word in [*words(run), ""]:
        at = run.find(word, position) if word else len(run)
        if not word or word in skipped or at > position:
            yield from _chunk(run[start:position], offset + start, occurs)
            start = at + len(word) if word in skipped else at
        position = at + len(word)


def _chunk(phrase: str, start: int, occurs: Occurs) -> Iterator[_Found]:
    trimmed = _trim(phrase)
    if trimmed.strip("[]·% "):
        held = any(occurs(word) for word in words(trimmed))
        yield _Found(start, trimmed, _just(trimmed), "text", (trimmed,), held)


def _held(terms: Sequence[str], occurs: Occurs) -> tuple[tuple[str, ...], bool]:
    """The terms that occur in the store, else the first few as they are; and whether any occurs."""
    held = tuple(term for term in terms if occurs(term))[:MOST_TERMS]
    return held or tuple(terms[:MOST_ABSENT]), bool(held)


def _trim(phrase: str) -> str:
    """The phrase without a closing word that carries no topic (住房问题 → 住房)."""
    endings = [word for word in plain_words("zh") if len(word) > 1 and phrase.endswith(word) and len(phrase) - len(word) >= 2]
    return phrase.removesuffix(max(endings, key=len, default=""))


def _read_english(text: str, occurs: Occurs) -> Iterator[_Found]:
    """Phrases of the glossary and the dictionary, the longest first at each word."""
    pieces = [piece for piece in _PIECE.finditer(text) if _LATIN.match(piece[0])]
    keys = [stem(piece[0]) for piece in pieces]
    position = 0
    while position < len(pieces):
        found, length = _longest(keys, pieces, position, occurs)
        if found is not None:
            yield found
        position += length


def _longest(keys: list[str], pieces: list[re.Match[str]], position: int, occurs: Occurs) -> tuple[_Found | None, int]:
    start = pieces[position].start()
    skipped = plain_words("en")
    for length in range(min(LONGEST_ENGLISH, len(keys) - position), 0, -1):
        here = pieces[position : position + length]
        if all(piece[0] in skipped for piece in here):
            continue
        key = tuple(keys[position : position + length])
        typed = " ".join(piece[0] for piece in here)
        if found := _translated(start, typed, key, occurs):
            return found, length
    word = pieces[position][0]
    return (None if word in skipped else _Found(start, word, _just(word), "none", held=False)), 1


def _translated(start: int, typed: str, key: Stems, occurs: Occurs) -> _Found | None:
    """A phrase by the glossary, a single word with the dictionary's terms beside it, else by the dictionary alone."""
    official = english_index().get(key)
    by_dictionary = translate(key) or translate(stems(_american(typed)))
    if official is None and not by_dictionary:
        return None
    terms, held = _held(official or by_dictionary, occurs)
    if official is None:
        group = Group(tuple(map(Alternative, terms)), DICTIONARY_WEIGHT)
        return _Found(start, typed, group, "dictionary", terms, held)
    sure = held and (len(key) > 1 or is_english_name(typed))
    group = Group(tuple(Alternative(term, 1.0 if sure else UNSURE) for term in terms))
    beside = () if len(key) > 1 else tuple(term for term in by_dictionary if term not in terms and occurs(term))
    return _Found(start, typed, group, "glossary", terms, held or bool(beside), beside)


def _american(text: str) -> str:
    """British spelling as the dictionary writes it (penalise → penalize)."""
    return re.sub(r"is(e[sdr]?|ing|ations?)\b", r"iz\1", text)


def _topic(found: list[_Found]) -> str:
    """What the question is about, in Chinese where it was understood."""
    return " ".join(
        item.taken_for[0] if item.taken_for else item.words for item in found if item.group is not None and item.words
    )


def _tell(item: _Found, intent: Intent) -> Understood:
    taken_for = (intent,) if item.source == "intent" else item.taken_for if item.source != "none" else ()
    source = "text" if item.source == "number" else item.source
    return Understood(words=item.words, taken_for=taken_for, source=source, held=item.held)  # type: ignore[arg-type]
