"""Which indicator does a sentence speak of? Lexicon, a linear character model and the heading path, fused late."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.normalise import tidy as tidy
from models.quantities import DATA as DATA

Floats = NDArray[np.float32]


class IndicatorLike(Protocol):
    """What a catalogue's indicator must have for its links."""

    @property
    def id(self) -> str: ...
    @property
    def level1(self) -> str: ...
    @property
    def level2(self) -> str: ...
    @property
    def level3(self) -> str: ...
    @property
    def cue_words(self) -> tuple[str, ...]: ...


class EditionLike(Protocol):
    """What an edition must have for its links."""

    @property
    def indicators(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Link:
    """An indicator that a sentence or label speaks of; ``score`` 0 to 1."""

    indicator: str
    score: float


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节部分条篇]+|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}(?:[.．]\d{"
    r"1,2})*[)）、.．]?(?!G)|[①-⑳]|[*★☆＊※●■◆])+[、.．\s]*"
)
SIZES = (1, 2, 3, 4)


def flat(text: str) -> str:
    """What the lexicon sees: tidy text without blanks."""
    return _SPACE.sub("", tidy(text))


def simplify(text: str) -> str:
    """What the model sees: flat text with one sign for every number and for 5G."""
    return _DIGITS.sub("0", flat(text).replace("5G", "⑤"))


def simplify_heading(text: str) -> str:
    """A heading without its number and blanks."""
    text = _SPACE.sub("", tidy(text))
    for _ in range(2):
        text = _NUMBERING.sub("", text)
    return text


def grams(text: str, prefix: str = "") -> set[str]:
    """The character 1–4-grams of a simplified text."""
    text = f"^{text}$"
    return {prefix + text[i : i + size] for size in SIZES for i in range(len(text) - size + 1)}


class Linear:
    """A linear model over grams: vocabulary, weights (grams x labels), bias; scores are probabilities per label."""

    def __init__(self, vocabulary: Sequence[str], weights: Floats, idf: Floats, bias: Floats) -> None:
        self.rows = {gram: i for i, gram in enumerate(vocabulary)}
        self.weights, self.idf, self.bias = weights * idf[:, None], idf * idf, bias

    def lookup(self, bag: Iterable[str]) -> list[int]:
        """The rows of a bag's known grams."""
        return [row for row in map(self.rows.get, bag) if row is not None]

    def scores(self, bags: Sequence[Iterable[str]]) -> Floats:
        """Probabilities (sentences x labels)."""
        return self.row_scores([self.lookup(bag) for bag in bags])

    def row_scores(self, found: Sequence[Sequence[int]]) -> Floats:
        """Probabilities (sentences x labels) of bags that are looked up already."""
        if not found:
            return np.zeros((0, len(self.bias)), np.float32)
        rows: list[int] = []
        starts: list[int] = []
        for own in found:
            starts.append(len(rows))
            rows += own or [-1]
        index = np.asarray(rows)
        known = (index >= 0).astype(np.float32)
        total = np.add.reduceat(self.weights[index] * known[:, None], starts, axis=0)
        norm = np.sqrt(np.add.reduceat(self.idf[index] * known, starts)) + 1e-6
        logits = total / norm[:, None] + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), np.float32)


class Lexicon:
    """Terms over characters with the indicators that they speak for: the catalogue's words and a table in data."""

    def __init__(self, terms: Iterable[tuple[str, str, float]], labels: Sequence[str]) -> None:
        position = {label: i for i, label in enumerate(labels)}
        self.size = len(labels)
        by_term: dict[str, dict[int, float]] = {}
        for term, label, weight in terms:
            if label in position and len(term) >= 2:
                slots = by_term.setdefault(term, {})
                slots[position[label]] = max(weight, slots.get(position[label], 0.0))
        self.terms: dict[str, list[tuple[str, dict[int, float]]]] = {}
        for term, slots in sorted(by_term.items(), key=lambda item: -len(item[0])):
            self.terms.setdefault(term[:2], []).append((term, slots))

    def scores(self, text: str) -> Floats:
        """How strongly the words of a text speak for each label, 0 to 1; a term within a longer one is not counted twice."""
        miss = [1.0] * self.size
        seen: set[str] = set()
        covered = 0
        for i in range(len(text) - 1):
            for term, slots in self.terms.get(text[i : i + 2], ()):
                if text.startswith(term, i):
                    if i + len(term) <= covered and term not in seen:
                        break
                    if term not in seen:
                        seen.add(term)
                        for slot, weight in slots.items():
                            miss[slot] *= 1.0 - weight
                    covered = max(covered, i + len(term))
                    break
        return np.asarray(1.0 - np.asarray(miss), np.float32)


@dataclass(frozen=True)
class Weights:
    """The trained part as shipped: labels, two linear models, fusion weights, thresholds, hash of the training data."""

    labels: tuple[str, ...]
    text: Linear
    heading: Linear
    fusion: dict[str, float]
    thresholds: Floats
    thresholds_heading: Floats
    data_hash: str


@cache
def load_weights() -> Weights:
    """The trained weights in models/data; plain arrays and JSON, no pickle."""
    card = json.loads((DATA / "links.json").read_text(encoding="utf-8"))
    with np.load(DATA / "links.npz", allow_pickle=False) as arrays:
        models = [
            Linear(
                card[f"{name}_vocabulary"].split("\n"),
                arrays[f"{name}_weights"].astype(np.float32) * arrays[f"{name}_scale"].astype(np.float32),
                arrays[f"{name}_idf"].astype(np.float32),
                arrays[f"{name}_bias"].astype(np.float32),
            )
            for name in ("text", "heading")
        ]
        return Weights(
            tuple(card["labels"]),
            models[0],
            models[1],
            card["fusion"],
            np.asarray(card["thresholds"], np.float32),
            np.asarray(card["thresholds_heading"], np.float32),
            card["data_hash"],
        )


def lexicon_rows() -> list[tuple[str, str, float]]:
    """The project's own terms: (term, indicator, weight)."""
    rows = []
    for line in (DATA / "lexicon.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, weight, terms = line.split("\t")
            rows += [(tidy(term).replace(" ", ""), label, float(weight)) for term in terms.split("|")]
    return rows


def build_lexicon(edition: EditionLike, labels: Sequence[str]) -> Lexicon:
    """The lexicon of an edition: its indicators' names, labels and cue words with the project's own terms."""
    rows = lexicon_rows()
    known = {term for term, _, _ in rows}
    for indicator in edition.indicators:
        for name in (indicator.level3, *getattr(indicator, "labels", ())):
            rows.append((tidy(name).replace(" ", ""), indicator.id, 0.75 if len(name) >= 4 else 0.5))
        for word in indicator.cue_words:
            word = tidy(word).replace(" ", "")
            if len(word) >= 3 and word not in known:
                rows.append((word, indicator.id, 0.3))
    return Lexicon(rows, labels)


def decide(scores: Floats, thresholds: Floats, fallback: float) -> NDArray[np.bool_]:
    """Which labels each row has: all above their thresholds, else the best one if it comes near enough to its own."""
    over: NDArray[np.bool_] = scores >= thresholds
    ratio = scores / thresholds
    best = ratio.argmax(axis=1)
    rows = np.arange(len(scores))
    lonely = ~over.any(axis=1) & (ratio[rows, best] >= fallback)
    over[rows[lonely], best[lonely]] = True
    return over


def _fuse(model: Floats, words: Floats, fusion: dict[str, float]) -> Floats:
    return np.asarray(fusion["model"] * model + fusion["lexicon"] * words, np.float32)


class Linker:
    """Links sentences and labels to the indicators of one edition."""

    def __init__(self, edition: EditionLike) -> None:
        self.weights = load_weights()
        self.labels = self.weights.labels
        self.ids = {indicator.id for indicator in edition.indicators}
        self.lexicon = build_lexicon(edition, self.labels)
        self.headings = HeadingNames(edition)
        text_rows = self.weights.text.rows
        self._text_rows = [text_rows.get(gram, -1) for gram in self.weights.heading.rows]
        self._paths: dict[tuple[str, ...], list[int]] = {}

    def _path_rows(self, path: tuple[str, ...]) -> list[int]:
        if path not in self._paths:
            self._paths[path] = self.weights.heading.lookup(heading_bag(path))
        return self._paths[path]

    def scores(self, texts: Sequence[str], headings: Sequence[tuple[str, ...]], confidence: float = 1.0) -> Floats:
        """Fused scores (sentences x labels)."""
        flats = [flat(text) for text in texts]
        # One look-up serves both models: the heading model knows every gram that the text model knows.
        rows = [self.weights.heading.lookup(grams(_DIGITS.sub("0", text.replace("5G", "⑤")))) for text in flats]
        words = np.stack([self.lexicon.scores(text) for text in flats]) if texts else np.zeros((0, len(self.labels)), np.float32)
        of_text = self._text_rows
        fused = _fuse(
            self.weights.text.row_scores([[of_text[row] for row in own if of_text[row] >= 0] for own in rows]),
            words,
            self.weights.fusion,
        )
        with_heading = [i for i, path in enumerate(headings) if any(path)]
        if with_heading and confidence > 0:
            chosen = [self._path_rows(headings[i]) + rows[i] for i in with_heading]
            trailed = _fuse(self.weights.heading.row_scores(chosen), words[with_heading], self.weights.fusion)
            named = np.stack([self.headings.row(headings[i], self.labels) for i in with_heading])
            trailed = np.minimum(1.0, trailed + self.weights.fusion["heading"] * named)
            # What a heading may add or take is bounded, and shrinks with the doubt about the outline.
            cap = np.float32(self.weights.fusion["cap"])
            fused[with_heading] += np.clip(trailed - fused[with_heading], -cap, cap) * np.float32(confidence)
        return fused

    def link(self, texts: Sequence[str], headings: Sequence[tuple[str, ...]], confidence: float = 1.0) -> list[tuple[Link, ...]]:
        """The indicators of each sentence above their thresholds, best first."""
        fused = self.scores(texts, headings, confidence)
        results = []
        fallback = self.weights.fusion["fallback"]
        trailed = np.asarray([any(path) for path in headings], bool)
        chosen = np.zeros(fused.shape, bool)
        for mask, thresholds in ((trailed, self.weights.thresholds_heading), (~trailed, self.weights.thresholds)):
            if mask.any():
                chosen[mask] = decide(fused[mask], thresholds, fallback)
        for row, mine in zip(fused, chosen, strict=True):
            over = np.nonzero(mine)[0]
            links = sorted(((float(row[i]), self.labels[i]) for i in over if self.labels[i] in self.ids), reverse=True)
            results.append(tuple(Link(label, round(min(1.0, score), 4)) for score, label in links))
        return results

    def link_headings(self, headings: Sequence[str]) -> tuple[Link, ...]:
        """Which indicators a heading path or a row label names; see ``HeadingNames``."""
        return self.headings.links(headings)


class HeadingNames:
    """The names that headings and row labels give to the indicators of an edition."""

    def __init__(self, edition: EditionLike) -> None:
        self.names = _names(edition)
        self.levels = _levels(edition)
        self._known: dict[tuple[str, ...], tuple[Link, ...]] = {}

    def row(self, path: Sequence[str], labels: Sequence[str]) -> Floats:
        """The scores of a heading path in the order of ``labels``."""
        found = {link.indicator: link.score for link in self.links(path)}
        return np.asarray([found.get(label, 0.0) for label in labels], np.float32)

    def links(self, headings: Sequence[str]) -> tuple[Link, ...]:
        """Which indicators a heading path or a row label names; only names count, so that a doubtful label gives nothing."""
        path = tuple(headings)
        if path not in self._known:
            self._known[path] = self._links(path)
        return self._known[path]

    def _links(self, path: tuple[str, ...]) -> tuple[Link, ...]:
        best: dict[str, float] = {}
        simple = [simplify_heading(heading) for heading in path]
        group = next((self.levels[key] for heading in reversed(simple) for key in (_bare(heading),) if key in self.levels), None)
        for back, heading in enumerate(reversed(simple)):
            if not heading:
                continue
            fade = 0.8**back
            # A name of level 2 that several indicators share names none of them.
            found = {} if len(self.levels.get(_bare(heading), ())) > 1 else _named(heading, self.names)
            # “其他” and “特色” rows are told apart by the level above.
            if len(found) > 1 and all(label.endswith("regional_features") for label in found) and group:
                found = {label: score for label, score in found.items() if label in group} or found
            if len(found) > 1 and {"application.security", "services.security"} >= set(found) and group:
                found = {label: score for label, score in found.items() if label in group} or found
            for label, score in found.items():
                best[label] = max(best.get(label, 0.0), score * fade)
            if found and max(found.values()) >= 0.7:
                break
        if not best and group:
            weak = 0.35 if len(group) <= 3 else 0.15
            best = dict.fromkeys(group, weak)
        return tuple(Link(label, round(score, 3)) for label, score in sorted(best.items(), key=lambda item: -item[1]))


def heading_bag(path: Sequence[str]) -> set[str]:
    """The features of a heading path: grams of its last two headings, marked as such."""
    bag: set[str] = set()
    for depth, heading in enumerate(list(reversed([h for h in path if h]))[:2]):
        bag |= grams(simplify_heading(heading), "h:" if depth == 0 else "g:")
    return bag


_TAIL = re.compile(
    r"(?:等)?(?:相关)?(?:的)?(?:基本)?(?:建设|实施|发展|完成|现有|开展|工作|制定|培育|应用)?(?:情况"
    r"|现状|基础|能力|水平|成效|数量|数|总数|总量|指标|进展)+$|[(（][^()（）]*[)）]$"
)
_PUNCT = re.compile(r"[“”\"'‘’《》<>、,，。.·;；:：\-—_\s*★()（）\[\]【】/]")


def _bare(text: str) -> str:
    """A label for comparison: without punctuation, units in brackets and the words that every label ends in."""
    text = re.sub(r"[(（](?:[个家项件台套亿万元人次%/、，,平方公里%单位：:Mbpsms毫秒P]+|\d+分|单位[^)）]*)[)）]", "", text)
    text = re.sub(r"[(（]\d+\s*分[)）]|单位[:：].*$", "", text)
    previous = None
    while previous != text and len(text) > 3:
        previous = text
        shorter = _TAIL.sub("", text)
        text = shorter if len(shorter) >= 3 else text
    return _PUNCT.sub("", text).lower()


def _names(edition: EditionLike) -> dict[str, dict[str, float]]:
    """Comparable names → indicators: official names, labels, and the project's own labels."""
    table: dict[str, dict[str, float]] = {}
    rows: list[tuple[str, str, float]] = []
    for indicator in edition.indicators:
        rows.append((indicator.level3, indicator.id, 1.0))
        rows += [(label, indicator.id, 0.95) for label in getattr(indicator, "labels", ())]
    for line in (DATA / "labels.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, names = line.split("\t")
            rows += [(name, label, 0.92) for name in names.split("|")]
    ids = {indicator.id for indicator in edition.indicators}
    for name, label, score in rows:
        if label in ids:
            for key in {_bare(tidy(name)), _PUNCT.sub("", tidy(name)).lower()}:
                if len(key) >= 2:
                    table.setdefault(key, {})[label] = max(score, table.get(key, {}).get(label, 0.0))
    return table


def _levels(edition: EditionLike) -> dict[str, list[str]]:
    """Comparable names of levels 1 and 2 → the indicators below them."""
    table: dict[str, list[str]] = {}
    first = {getattr(level, "id", ""): getattr(level, "name", "") for level in getattr(edition, "level1", ())}
    for indicator in edition.indicators:
        names = {first.get(indicator.level1, indicator.level1)}
        if indicator.level2 != "其他":
            names.add(indicator.level2)
        for name in names:
            table.setdefault(_bare(tidy(name)), []).append(indicator.id)
    return table


def _named(heading: str, names: dict[str, dict[str, float]]) -> dict[str, float]:
    keys = {_bare(heading), _PUNCT.sub("", heading).lower()}
    for key in keys:
        if key in names:
            return dict(names[key])
    key = _bare(heading)
    if len(key) < 3:
        return {}
    best: dict[str, float] = {}
    hits: list[tuple[int, int, str]] = []
    for name in names:
        if len(name) >= 4 and (at := key.find(name)) >= 0:
            hits.append((at, at + len(name), name))
        elif len(key) >= 5 and key in name:
            for label, score in names[name].items():
                best[label] = max(best.get(label, 0.0), score * (0.6 + 0.35 * len(key) / len(name)))
    for start, end, name in hits:
        if any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in hits):
            continue
        share = len(name) / len(key)
        for label, score in names[name].items():
            best[label] = max(best.get(label, 0.0), score * (0.55 + 0.4 * share))
    if best:
        return best
    # A slip or two of OCR in a long label.
    if len(key) >= 6:
        from rapidfuzz import fuzz

        for name in names:
            if abs(len(name) - len(key)) <= 2 and len(name) >= 6 and fuzz.ratio(key, name) >= 84:
                for label, score in names[name].items():
                    best[label] = max(best.get(label, 0.0), score * 0.85)
    return best


def data_hash(lines: Iterable[str]) -> str:
    """SHA-256 over the training sentences, for the model card."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()
