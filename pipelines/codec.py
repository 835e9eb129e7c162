"""Nouns to bytes and back: how documents cross process borders and rest in the cache, without pickle.

A dataclass becomes a JSON list of its fields in their order, so that a noun may grow at its end. Edges of characters are
kept to a hundredth of a point (whole numbers, each as the step from the one before); everything else comes back exactly as
it was.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from math import floor
from operator import attrgetter, sub
from pathlib import Path
from typing import Any, Literal, TypeVar, Union

from extract.document import BBox, Document, Line

T = TypeVar("T")
Coder = Callable[[Any], Any]


def encode(value: object, kind: Any = None) -> bytes:
    """The bytes of a noun; ``kind`` is its type where it is not the value's own class."""
    wanted: Any = kind or type(value)
    plain = _coders(wanted)[0](value)
    # Lone surrogates turn up in broken files: they must travel too.
    # Numbers of numpy that are no floats of Python's own go out as such.
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=float).encode("utf-8", "surrogatepass")


def decode(data: bytes, kind: type[T]) -> T:
    """The noun of that type. ``ValueError`` for bytes that are not one."""
    try:
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        wanted: Any = kind
        return typing.cast(T, _coders(wanted)[1](plain))
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not the bytes of a {kind.__name__}: {error}") from error


def encode_document(document: Document) -> bytes:
    """The bytes of a document."""
    return encode(document, Document)


def decode_document(data: bytes, path: str | None = None) -> Document:
    """The document, under another path where one is given. ``ValueError`` for bytes that are none."""
    document = decode(data, Document)
    return document if path is None or path == document.path else document.under(path)


def _same(value: Any) -> Any:
    return value


def _pack_edges(edges: tuple[float, ...]) -> list[int]:
    # Nine tenths of a document's numbers are edges: all loops here run in C.
    whole = list(map(floor, [edge * 100 + 0.5 for edge in edges]))
    return [*whole[:1], *map(sub, whole[1:], whole)]


def _unpack_edges(steps: list[int]) -> tuple[float, ...]:
    return tuple([whole / 100 for whole in accumulate(steps)])


@functools.cache
def _coders(kind: Any) -> tuple[Coder, Coder]:
    """How values of a type are encoded and decoded. Types that hold themselves (cells with inner tables) resolve late."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal or kind in (Any, str, int, bool, object, type(None)):
        return _same, _same
    if kind is float:
        return _same, _same
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin in (list, frozenset, set):
        pack, unpack = _late(arguments[0])
        if origin is list:
            return (lambda items: [pack(item) for item in items]), (lambda items: [unpack(item) for item in items])
        return (lambda items: sorted(pack(item) for item in items)), (lambda items: origin(unpack(item) for item in items))
    if origin is dict:
        pack, unpack = _late(arguments[1])
        return (lambda items: {str(k): pack(v) for k, v in items.items()}), (
            lambda items: {k: unpack(v) for k, v in items.items()}
        )
    if isinstance(kind, type):
        return _plain_class(kind)
    raise TypeError(f"no bytes for {kind}")


def _plain_class(kind: type[Any]) -> tuple[Coder, Coder]:
    if kind is Line:
        return _line()
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        coders = [_late(hints[name]) for name in kind._fields]
        return (
            lambda value: [pack(item) for (pack, _), item in zip(coders, value, strict=True)],
            lambda items: kind(*[unpack(item) for (_, unpack), item in zip(coders, items, strict=True)]),
        )
    if issubclass(kind, Path):
        return str, kind
    if issubclass(kind, Enum):
        return (lambda value: value.value), kind
    if issubclass(kind, Decimal):
        return str, kind
    raise TypeError(f"no bytes for {kind}")


def _line() -> tuple[Coder, Coder]:
    """A line is by far the most frequent noun: one flat list, the steps of its edges at the end."""

    def pack(line: Line) -> list[float]:
        x0, top, x1, bottom = line.box
        return [line.start, line.end, line.page, float(x0), float(top), float(x1), float(bottom), *_pack_edges(line.edges)]

    def unpack(items: Any) -> Line:
        start, end, page, x0, top, x1, bottom, *steps = items
        return Line(start, end, page, BBox(x0, top, x1, bottom), _unpack_edges(steps))

    return pack, unpack


def _dataclass(kind: type[Any]) -> tuple[Coder, Coder]:
    hints = typing.get_type_hints(kind)
    fields = [item for item in dataclasses.fields(kind) if item.init]
    names = [item.name for item in fields]
    needed = sum(1 for item in fields if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING)
    coders = [_late(hints[name]) for name in names]
    # Most fields go as they are: they are fetched together, and only the others are touched.
    fetch = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    packers = [(index, pack) for index, (pack, _) in enumerate(coders) if pack is not _same]
    unpackers = [(index, unpack) for index, (_, unpack) in enumerate(coders) if unpack is not _same]

    def pack_all(value: Any) -> Any:
        items = list(fetch(value))
        for index, pack in packers:
            items[index] = pack(items[index])
        return items

    def unpack_all(items: Any) -> Any:
        if not isinstance(items, list) or not needed <= len(items) <= len(names):
            raise ValueError(f"not the bytes of a {kind.__name__}")
        for index, unpack in unpackers:
            if index < len(items):
                items[index] = unpack(items[index])
        return kind(*items)

    return pack_all, unpack_all


def _union(arguments: tuple[Any, ...]) -> tuple[Coder, Coder]:
    """``X | None`` is X or null; a choice of classes is [its place in the choice, value]."""
    real = [item for item in arguments if item is not type(None)]
    if len(real) == 1:
        pack, unpack = _late(real[0])
        return (lambda v: None if v is None else pack(v)), (lambda v: None if v is None else unpack(v))
    if all(item in (str, int, float, bool) for item in real):
        return _same, _same
    tags = {item: (tag, *_late(item)) for tag, item in enumerate(real)}
    by_tag = [_late(item)[1] for item in real]

    def pack_one(value: Any) -> Any:
        if value is None:
            return None
        tag, pack, _ = tags[type(value)]
        return [tag, pack(value)]

    return pack_one, lambda pair: None if pair is None else by_tag[pair[0]](pair[1])


def _tuple(arguments: tuple[Any, ...]) -> tuple[Coder, Coder]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        pack, unpack = _late(arguments[0])
        return (lambda items: [pack(item) for item in items]), (lambda items: tuple([unpack(item) for item in items]))
    coders = [_late(item) for item in arguments]
    return (
        lambda items: [pack(item) for (pack, _), item in zip(coders, items, strict=True)],
        lambda items: tuple([unpack(item) for (_, unpack), item in zip(coders, items, strict=True)]),
    )


def _late(kind: Any) -> tuple[Coder, Coder]:
    """Coders looked up at first use, because a type may hold itself."""
    holds_itself: bool = dataclasses.is_dataclass(kind)
    if not holds_itself:
        return _coders(kind)
    return (lambda value: _coders(kind)[0](value)), (lambda value: _coders(kind)[1](value))
