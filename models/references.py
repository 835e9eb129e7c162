"""References: the papers that a city's own words point to by number (“见佐证2-1”, “附件三”, a column 佐证编号, a directory)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.document import Document, Table
from extract.outline import numeral
from models.nlp import link_headings
from models.normalise import tidy
from models.package import Package
from models.portraits import squeeze
from models.tables import columns, header_rows

_ONE = r"(?:[A-Z]{1,2}[-—–－_]?)?\d{1,2}(?:[-—–－_.]\d{1,2}){0,2}[a-z]?|[一二三四五六七八九十]{1,3}(?:[-—–－_.]\d{1,2}){0,2}"
_WORD = r"(?:佐证|证明|支撑)(?:证明)?(?:材料)?|附件|附证|材料(?=[A-Z\d])|(?<![见认保凭验公求论查例考签印])证(?=[\d一二三四五六七八九十])"
# “佐证2-1、2-2和3-1”, “证8至证12”, “（见附件三）”.
_CITED = re.compile(rf"(?:{_WORD})(?:编号)?\s?[【（(《“]?(?P<codes>(?:{_ONE})(?:\s?(?:、|，|,|和|及|与|至|-(?=证|佐))\s?(?:{_WORD})?(?:{_ONE}))*)(?![.\d]|[万亿个家项年月户人条并%])")
_LIST = re.compile(rf"\s*(?:{_WORD})?(?:{_ONE})(?:(?:\s|、|，|,|；|;|和|及|至|/)+(?:{_WORD})?(?:{_ONE}))*\s*")
_BOXED = re.compile(rf"【(?:{_WORD}|证明材料)(?:编号)?】\s*(?P<codes>{_LIST.pattern})")
_NAMED = re.compile(rf"^[（(【]?(?:{_WORD}|ZM)?[-_ ]?(?P<code>{_ONE})(?:[）)】]|(?=[.、．\-—_ 　（(《“【]|(?![家个项年月户届批次类])[\u4e00-\u9fff]|$))")
_HEADED = re.compile(r"佐证|支撑|证明(?:材料)?|附件|依据材料|材料(?:编号|序号)")
_CIRCLED = {0x2460 + number: str(number + 1) for number in range(20)}
_SERVES = re.compile(r"(?:对应|支撑|佐证|证明|涉及)(?:的)?(?:指标|条件|内容|事项)|^指标(?:名称)?$")
_ENTRY = re.compile(r"材料名称|文件名称|名称|文件名|材料$")


def _plain(code: str) -> str:
    """A code as it is compared: “三—1” and “3-01” are both 3-1."""
    parts = re.findall(r"[A-Z]+|\d+|[一二三四五六七八九十]+", tidy(code).upper())
    return "-".join(str(number) if (number := numeral(part)) is not None else part for part in parts)


def codes(text: str) -> list[str]:
    """The codes of the papers that a text points to: “（见佐证2-1、2-2）” gives 2-1 and 2-2."""
    found: list[str] = []
    plain = tidy(squeeze(text))
    for match in (*_BOXED.finditer(plain), *_CITED.finditer(plain)):
        found += _split(match["codes"])
    return list(dict.fromkeys(found))


def _split(listed: str) -> list[str]:
    """The codes of a list; “证8至证12” is five."""
    found: list[str] = []
    ends = re.split(r"至", listed)
    for number, part in enumerate(ends):
        here = [_plain(match[0]) for match in re.finditer(_ONE, part)]
        if number and found and here and found[-1].isdigit() and here[0].isdigit() and 0 < int(here[0]) - int(found[-1]) < 30:
            found += [str(code) for code in range(int(found[-1]) + 1, int(here[0]))]
        found += here
    return found


def shelf(documents: Iterable[Document]) -> dict[str, list[str]]:
    """The papers by the code of their name, or of the folder that they lie in where the name has none."""
    found: dict[str, list[str]] = {}
    for document in documents:
        for part in reversed(document.path.split("/")):
            match = _NAMED.match(re.sub(r"\.[A-Za-z\d]{2,4}$", "", part.strip().translate(_CIRCLED)))
            if match:
                found.setdefault(_plain(match["code"]), []).append(document.path)
                break
    return found


def on_shelf(shelf: Mapping[str, Sequence[str]], code: str) -> list[str]:
    """The papers under a code: those that bear it, or, where none does, those of its parts (“5” for 5-1 and 5-2)."""
    exact = shelf.get(code)
    if exact is not None:
        return list(exact)
    return [path for key, paths in shelf.items() if key.startswith(code + "-") for path in paths]


def in_row(table: Table, row: int) -> list[str]:
    """The codes that a row of a table gives in its columns of proofs (佐证编号, 附件), or anywhere behind such a word."""
    grid = table.rows()
    heads = {column.index: column.header for column in columns(table)}
    found: list[str] = []
    for col, cell in enumerate(grid[row]):
        text = tidy(squeeze(cell))
        if _HEADED.search(heads.get(col, "")) and _LIST.fullmatch(text):
            found += _split(text)
        else:
            found += codes(text)
    return list(dict.fromkeys(found))


def in_directories(package: Package) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What directories say (编号 | 材料名称 | 对应指标): the indicators, the paper's code ("" where it has none) and its name."""
    for document in package.documents:
        for block in document.blocks:
            if not isinstance(block, Table) or block.kind == "hidden":
                continue
            cols = columns(block)
            serves = next((column for column in cols if _SERVES.search(column.header)), None)
            named = next((column for column in cols if _ENTRY.search(column.header)), None)
            if serves is None or named is None or serves is named:
                continue
            for row in block.rows()[header_rows(block) :]:
                own = _NAMED.match(tidy(squeeze(row[0])))
                links = tuple(link.indicator for link in link_headings(package.nlp, (squeeze(row[serves.index]),))[:2])
                yield links, _plain(own["code"]) if own else "", squeeze(row[named.index])


def named(shelf: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """The papers whose file name holds the name that a directory gives, or is held by it."""
    found = []
    for path in dict.fromkeys(path for paths in shelf.values() for path in paths):
        stem = _NAMED.sub("", squeeze(re.sub(r"\.[A-Za-z\d]{2,4}$", "", path.rsplit("/", 1)[-1]))).strip("-—_ .、")
        plain = _NAMED.sub("", name).strip("-—_ .、")
        if min(len(stem), len(plain)) >= 4 and (stem in plain or plain in stem):
            found.append(path)
    return found
