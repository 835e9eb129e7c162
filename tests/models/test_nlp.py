"""The pipeline: plain text in a notebook, views that keep every offset, and nothing left behind in jieba's own dictionary."""

from __future__ import annotations

import jieba
import pytest

from models.catalogue import load_edition
from models.masks import BLANK, masked, masks
from models.nlp import analyse, build_nlp, words
from models.normalise import tidy, view

NLP = build_nlp(load_edition())


def test_plain_text_gets_quantities_status_scope_links_and_entities() -> None:
    doc = NLP("《云州市5G若干措施》（云政办发〔2023〕15号）印发后，全市已建成5G基站2.6万个")
    assert [str(q.value) for q in doc._.quantities] == ["26000"]
    assert (doc._.status, doc._.scope) == ("fact", "city")
    assert [e.kind for e in doc._.entities][:2] == ["policy", "number"]
    assert "infrastructure.coverage_5g" in {link.indicator for link in doc._.links}


def test_components_have_one_job_each_and_the_pipeline_is_built_twice_without_quarrel() -> None:
    assert build_nlp(load_edition()).pipe_names == ["normaliser", "masks", "quantities", "entities", "status", "links"]


def test_tokens_are_characters() -> None:
    assert [token.text for token in NLP.make_doc("基站数")] == ["基", "站", "数"]


def test_words_come_from_a_tokenizer_of_our_own() -> None:
    assert "".join(words("每万人拥有5G基站数")) == "每万人拥有5G基站数"
    assert not jieba.dt.initialized


@pytest.mark.parametrize("text", ["５Ｇ基站３３．５个", "每 万 人 拥 有 5G 基 站 3 2.6 个", "3l.6个", "㎡与①②③", "  ", ""])
def test_a_view_leads_back_to_the_text(text: str) -> None:
    looked = view(text)
    assert len(looked.plain) == len(looked.index)
    assert len(tidy(text)) == len(text)
    start, end = looked.span(0, len(looked.plain))
    assert text[start:end] == text.strip()


def test_torn_numbers_and_misread_5g_are_mended_in_the_view_alone() -> None:
    assert view("每万人拥有5C基站 3 2.6 个").plain == "每万人拥有5G基站32.6个"
    assert view("2023 2024").plain == "2023 2024"


def test_masks_blot_out_and_keep_the_length() -> None:
    plain = "《方案》（云政办发〔2020〕8号）建成5G基站20个"
    blotted = masked(plain, masks(plain))
    assert len(blotted) == len(plain)
    assert [c for c in blotted if c.isdigit()] == ["2", "0"]
    assert BLANK in blotted


def test_a_part_with_no_noun_of_its_own_links_to_what_its_sentence_speaks_of() -> None:
    province, city = analyse(NLP, "全省每万人拥有5G基站数为34.1个，我市为29.7个。", mode="base")
    assert province.scope == "province" and city.is_fact
    assert city.links[0].indicator == "infrastructure.coverage_5g"


def test_a_provincial_list_has_a_lower_rank() -> None:
    assert [s.rank for s in analyse(NLP, "入选省级5G工厂名录12家。入选国家5G工厂名录5家。")] == ["lower", "nation"]


def test_empty_text_has_no_statements() -> None:
    assert analyse(NLP, "") == []
    assert analyse(NLP, " \n ") == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("到2024年6月底，全市5G基站达到1.58万个。", "fact"),
        ("到2023年底，全市累计建成5G基站1.58万个。", "fact"),
        ("到2024年12月底，全市5G基站达到1.58万个。", "plan"),
        ("到2024年底，全市5G基站达到1.58万个。", "plan"),
        ("规划提出，到2023年底，全市5G基站达到1.58万个。", "plan"),
        ("到2026年底，全市5G基站达到1.58万个。", "plan"),
    ],
)
def test_a_date_up_to_which_was_counted_is_no_plan_once_it_is_over(text: str, status: str) -> None:
    statement = analyse(NLP, text, mode="base", cities=("明州市",), as_of=2024, month=9)[-1]
    assert statement.status == status


@pytest.mark.parametrize(
    "text",
    [
        "《2023年通信业统计公报》显示，平均每万人拥有5G基站24个。",
        "以上海为例，每万人拥有5G基站数已经达到37个。",
        "部里最新通报显示，每万人拥有5G基站数平均达到28.7个。",
        "联通公司在全省已建成5G基站6.2万个，每万人27个。",
        "截至2023年底，5G基站总数达337.7万个，平均每万人24个。",
        "调研组所到的那座城市，5G工厂已有13家，场景覆盖20类。",
        "国家“十四五”目标是每万人26个，东部省份普遍超过这一水平，已达32个。",
    ],
)
def test_what_is_said_of_others_is_never_the_citys_fact(text: str) -> None:
    told = analyse(NLP, text, cities=("明州市",))
    assert not [s for s in told if s.quantities and s.is_fact and s.scope in ("city", "none")]
