"""Indicator links: names of rows and headings, sentences, what a heading may add, weights without pickle."""

from __future__ import annotations

import json

import numpy as np
import pytest

from models.catalogue import load_edition
from models.links import DATA, Linker, data_hash, load_weights

EDITION = load_edition()
LINKER = Linker(EDITION)


@pytest.mark.parametrize("indicator", EDITION.indicators, ids=[indicator.id for indicator in EDITION.indicators])
def test_every_official_name_links_to_its_indicator_alone(indicator: object) -> None:
    links = LINKER.link_headings([indicator.level3])  # type: ignore[attr-defined]
    assert links[0].indicator == indicator.id  # type: ignore[attr-defined]
    assert links[0].score >= 0.9
    assert all(link.score < 0.9 for link in links[1:])


@pytest.mark.parametrize(
    ("path", "indicator"),
    [
        (["（一）*专项政策制定及实施情况"], "policy.special_policy"),
        (["3. 每万人拥有5G基站数（个/万人）"], "infrastructure.coverage_5g"),
        (["具备10个以上典型应用场景的工厂数（家）"], "application.scenarios"),
        (["入选5G工厂名录项目数"], "application.factory_5g"),
        (["部级及以上称号（项）"], "ecosystem.national_titles"),
        (["发明专利数（件）"], "ecosystem.intellectual_property"),
        (["五、公共服务", "（五）其他", "体现区域发展特色的公共服务情况"], "services.regional_features"),
        (["技术合同成交额（亿元）"], "services.technology_transfer"),
        (["边 缘 计 算 节 点 数"], "infrastructure.edge_computing"),
    ],
)
def test_shortened_and_numbered_row_labels_link(path: list[str], indicator: str) -> None:
    assert LINKER.link_headings(path)[0].indicator == indicator
    assert LINKER.link_headings(path)[0].score >= 0.7


@pytest.mark.parametrize(
    "label", ["序号", "备注", "合计", "单位", "现状", "2025年目标", "责任单位", "其他", "联系人", "城市概况"]
)
def test_labels_that_name_no_indicator_link_to_none(label: str) -> None:
    assert [link for link in LINKER.link_headings([label]) if link.score >= 0.5] == []


def test_level_two_alone_links_weakly() -> None:
    assert all(link.score < 0.5 for link in LINKER.link_headings(["产业链配套能力"]))


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("全市累计建成5G基站3.2万个，每万人拥有35.6个。", "infrastructure.coverage_5g"),
        ("部署MEC节点15个，数据不出园区。", "infrastructure.edge_computing"),
        ("设立规模20亿元的产业引导基金。", "policy.industry_finance"),
        ("培训高级工和技师2600人次。", "services.skilled_talent"),
        ("技术合同成交额达到86亿元。", "services.technology_transfer"),
    ],
)
def test_plain_sentences_link(text: str, indicator: str) -> None:
    assert LINKER.link([text], [()])[0][0].indicator == indicator


@pytest.mark.parametrize("text", ["全市森林覆盖率达到45%。", "联系人：王某，电话：0510-88888888。", "（此页无正文）"])
def test_sentences_of_nothing_link_to_nothing_or_weakly(text: str) -> None:
    assert [link for link in LINKER.link([text], [()])[0] if link.score >= 0.4] == []


def test_what_a_heading_may_change_is_bounded_and_shrinks_with_doubt() -> None:
    text, wrong = "全市累计建成5G基站3.2万个，每万人拥有35.6个。", ("知识产权保护等相关情况",)
    alone = LINKER.scores([text], [()])[0]
    sure, unsure = (LINKER.scores([text], [wrong], confidence)[0] for confidence in (1.0, 0.2))
    cap = LINKER.weights.fusion["cap"]
    assert np.abs(sure - alone).max() <= cap + 1e-6
    assert np.abs(unsure - alone).max() <= np.abs(sure - alone).max()
    assert LINKER.link([text], [wrong])[0][0].indicator == "infrastructure.coverage_5g"


def test_weights_are_plain_arrays_with_the_hash_of_their_training_data() -> None:
    lines: list[str] = []
    for file in sorted((DATA / "sentences").iterdir()):
        lines += [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert load_weights().data_hash == data_hash(lines)
    with np.load(DATA / "links.npz", allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"i", "f"}
    shipped = json.loads((DATA / "links.json").read_text(encoding="utf-8"))
    assert shipped["data_hash"] in (DATA / "MODEL_CARD.md").read_text(encoding="utf-8")
