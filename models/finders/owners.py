"""Whose is a row of a list: the applicant's own, another's, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from models.facts import Tristate
from models.names import firm_core, same_firm
from models.normalise import tidy
from models.package import PROVINCE_SHORT, Package
from models.portraits import squeeze
from models.status import known_cities

_OTHER_CITY = re.compile(r"([\u4e00-\u9fff]{2,4})市")


@lru_cache(maxsize=65536)
def _same(first: str, second: str) -> bool:
    return same_firm(first, second)


def owner(
    package: Package, *, firm: str = "", project: str = "", province: str = "", city: str = "", firms: tuple[str, ...] = ()
) -> Tristate:
    """Whether an entry is the applicant's own.

    A city column decides; then the city's name inside the firm's or the project's; then the firms that the city's own plan names
    (and ``firms``). Another province is no. What is of the own province but of no known firm stays open (None).
    """
    firm, project, province, city = squeeze(firm), squeeze(project), squeeze(province), squeeze(city)
    if city:
        if package.names_city(city):
            return True
        if re.search(r"市|州|盟|地区|区|县", city) or len(city) <= 4:
            return False
    place = province
    if place and package.names_city(place):
        return True
    foreign = False
    if place and package.province:
        short = PROVINCE_SHORT.get(package.province, package.province)
        named = [other for other in PROVINCE_SHORT.values() if other in place]
        foreign = bool(named) and short not in place
    if foreign:
        return False
    if package.names_city(tidy(firm)) or package.names_city(tidy(project)):
        return True
    core = firm_core(firm)
    for known in (*package.own_firms, *firms, *package.proof_firms):
        if core and _same(firm, known):
            return True
    if len(core) >= 4 and core in package.claim_text:
        return True
    if project and len(project) >= 6 and project in package.claim_text:
        return True
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}[区县旗]", firm) and firm in package.claim_text:
        return True  # a district that the city's own plan speaks of
    if _elsewhere(package, firm):
        return False
    return None


_LOCATED = re.compile(r"地址|厂址|位置|地点|坐落|所在(?!单位)")
_NO_PLACE = re.compile(r"(?:公司|集团|工厂|厂|院|学|厅|局|办|部|委)(?:[（(].*)?$")


def stands_elsewhere(package: Package, cells: Sequence[tuple[str, str]]) -> str:
    """The place outside the applicant that one of (label, text) gives: another province, or under a label of place another city."""
    own = PROVINCE_SHORT.get(package.province, package.province)
    for label, raw in cells:
        text = squeeze(raw)
        if not 3 <= len(text) <= 40 or _NO_PLACE.search(text) or package.names_city(text):
            continue
        told = _LOCATED.search(squeeze(label)) is not None
        for long, short in PROVINCE_SHORT.items():
            if own and short != own and text.startswith((long, short)):
                rest = text.removeprefix(long).removeprefix(short)
                if re.search(r"[市州盟县区旗镇路街港]|园$", rest) or (told and text == long):
                    return text
        if told:
            inner = text.removeprefix(package.province).removeprefix(own)
            city = next((c for c in (*known_cities(), *package.other_cities) if inner.startswith(c) and not package.names_city(c)), "")
            if city and inner[len(city) : len(city) + 1] in ("市", "州", "盟", "地", ""):
                return text
    return ""


def _elsewhere(package: Package, firm: str) -> bool:
    """Whether a firm's name begins with a city that is not the applicant: a real one, or one that the package's lists name."""
    for province in PROVINCE_SHORT.values():
        firm = firm.removeprefix(province)
    return any(firm.startswith(city) for city in (*known_cities(), *package.other_cities) if not package.names_city(city))
