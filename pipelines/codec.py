"""Nouns to bytes and back: how documents cross process borders and rest in the cache, without pickle.

A dataclass becomes a JSON list of its fields in their order, so that a noun may grow at its end. Nine tenths of a document's
numbers are positions of lines and of their characters: they are kept to a hundredth of a point and stand together behind the
JSON, after a zero byte (which JSON never holds) and a letter for their width: ``H`` 16 bits without sign, ``i`` 32 bits with
sign, low byte first. Everything else comes back exactly as it was.
"""

from __future__ import annotations

import dataclasses
import functools
import gc
import json
import threading
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, TypeVar, Union

from extract.document import BBox, Document, Line

T = TypeVar("T")
Coder = Callable[[Any], Any]


class _Positions(threading.local):
    """Box and edges of the lines of the noun at hand, one after another, and how far they have been used."""

    def __init__(self) -> None:
        self.values: list[float] = []
        self.used = 0


_positions = _Positions()


def encode(value: object, kind: Any = None) -> bytes:
    """The bytes of a noun; ``kind`` is its type where it is not the value's own class."""
    wanted: Any = kind or type(value)
    _positions.values = []
    plain = _coders(wanted)[0](value)
    # Lone surrogates turn up in broken files: they must travel too.
    # Numbers of numpy that are no floats of Python's own go out as such.
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=float).encode("utf-8", "surrogatepass")
    return text + _packed(_positions.values)


def decode(data: bytes, kind: type[T]) -> T:
    """The noun of that type. ``ValueError`` for bytes that are not one."""
    text, _, positions = data.partition(b"\0")
    # A document is some 100,000 small tuples and no cycle: looking for cycles meanwhile takes as long as making them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        _positions.values, _positions.used = _unpacked(positions), 0
        plain = json.loads(text.decode("utf-8", "surrogatepass"))
        wanted: Any = kind
        noun = typing.cast(T, _coders(wanted)[1](plain))
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not the bytes of a {kind.__name__}: {error}") from error
    finally:
        if collecting:
            gc.enable()
    if _positions.used != len(_positions.values):
        raise ValueError(f"not the bytes of a {kind.__name__}: positions and lines do not agree")
    return noun


def _packed(positions: list[float]) -> bytes:
    """The positions in hundredths as bytes; nothing for none. What is no number on any page becomes the nearest that is."""
    if not positions:
        return b""
    import numpy as np  # documents without pages need none of it

    whole = np.floor(np.nan_to_num(np.asarray(positions, np.float64)).clip(-2e7, 2e7) * 100 + 0.5)
    narrow = whole.min() >= 0 and whole.max() < 1 << 16
    return b"\0" + (b"H" if narrow else b"i") + whole.astype("<u2" if narrow else "<i4").tobytes()


def _unpacked(data: bytes) -> list[float]:
    if not data:
        return []
    import numpy as np

    found: list[float] = (np.frombuffer(data, {b"H": "<u2", b"i": "<i4"}[data[:1]], offset=1) / 100).tolist()
    return found


def encode_document(document: Document) -> bytes:
    """The bytes of a document."""
    return encode(document, Document)


def decode_document(data: bytes, path: str | None = None) -> Document:
    """The document, under another path where one is given. ``ValueError`` for bytes that are none."""
    document = decode(data, Document)
    return document if path is None or path == document.path else document.under(path)


def _same(value: Any) -> Any:
    return value


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
    """A line is by far the most frequent noun: one flat list, the number of its edges at the end, box and edges apart."""

    def pack(line: Line) -> list[float]:
        start, end, page, box, edges = line
        values = _positions.values
        values += box
        values += edges
        return [start, end, page, len(edges)]

    make = tuple.__new__

    def unpack(items: Any) -> Line:
        start, end, page, count = items
        values, first = _positions.values, _positions.used + 4
        _positions.used = last = first + count
        if count < 0 or last > len(values):
            raise ValueError("fewer positions than the lines have")
        # Half the time of a decoding is spent here: the tuples are made without their classes' own constructors.
        box = make(BBox, values[first - 4 : first])
        return make(Line, (start, end, page, box, tuple(values[first:last])))

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
    known: list[tuple[Coder, Coder]] = []

    def pack(value: Any) -> Any:
        if not known:
            known.append(_coders(kind))
        return known[0][0](value)

    def unpack(value: Any) -> Any:
        if not known:
            known.append(_coders(kind))
        return known[0][1](value)

    return pack, unpack
