"""A made-up submission with real little files, and the rich screening of it that the tests of the reports share.

Every word that is quoted is drawn by this module, so its place is known by construction.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.document import Anchor, BBox, Block, Cell, Document, Heading, Line, Page, Paragraph, Part, Table
from models.catalogue import load_edition
from models.evidence import Evidence, EvidenceKind, Quantity
from pipelines.reports.options import LocalFiles
from pipelines.screening import (
    Conflict,
    DocumentRecord,
    Finding,
    GateVerdict,
    Grid,
    IndicatorRow,
    PackageItem,
    Reason,
    Screening,
    Step,
    Verdict,
)

WIDTH, HEIGHT = A4
SIZE = 12.0
FONT = "STSong-Light"
MARK = (255, 0, 255)  # the colour of the little square that stands at the start of every drawn line


class Drawing:
    """Draws lines on PDF pages and remembers where each character went."""

    def __init__(self, path: Path, name: str, rotation: int = 0) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        path.parent.mkdir(parents=True, exist_ok=True)
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.canvas.setTitle(name)
        self.name, self.rotation = name, rotation
        self.page, self.top = 1, 72.0
        self.blocks: list[Block] = []

    def line(self, text: str, left: float = 84.0) -> Line:
        """Draw one line and give its place."""
        if self.top > HEIGHT - 90:
            self.turn()
        top, width = self.top, SIZE * len(text)
        self.canvas.setFillColorRGB(*(part / 255 for part in MARK))
        self.canvas.rect(left, HEIGHT - top - SIZE, 4, SIZE - 2, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)
        self.canvas.setFont(FONT, SIZE)
        for index, char in enumerate(text):
            self.canvas.drawString(left + index * SIZE, HEIGHT - top - SIZE + 2, char)
        self.top += 24
        edges = tuple(left + index * SIZE for index in range(len(text) + 1))
        return Line(0, len(text), self.page, BBox(left, top, left + width, top + SIZE), edges)

    def heading(self, text: str, level: int = 1) -> int:
        """A heading; its block number."""
        self.blocks.append(Heading(text, level, (self.line(text),)))
        return len(self.blocks) - 1

    def paragraph(self, text: str) -> int:
        """A paragraph over as many lines as it takes; its block number."""
        lines, per = [], 35
        for start in range(0, len(text), per):
            part = text[start : start + per]
            drawn = self.line(part)
            lines.append(drawn._replace(start=start, end=start + len(part)))
        self.blocks.append(Paragraph(text, tuple(lines)))
        return len(self.blocks) - 1

    def table(self, rows: list[list[str]]) -> int:
        """A ruled table; its block number."""
        cells, top, width = [], self.top, (WIDTH - 168) / len(rows[0])
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                self.top = top + r * 24
                line = self.line(text, 84 + c * width + 2)
                cells.append(Cell(r, c, text, lines=(line,)))
                self.canvas.rect(84 + c * width, HEIGHT - top - r * 24 - 18, width, 24)
        self.top = top + len(rows) * 24 + 12
        part = Part(self.page, BBox(84, top - 6, WIDTH - 84, self.top - 18))
        self.blocks.append(Table(len(rows), len(rows[0]), tuple(cells), 1, parts=(part,)))
        return len(self.blocks) - 1

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.page, self.top = self.page + 1, 72.0

    def done(self) -> Document:
        """Write the file; the document as a reader would give it."""
        self.canvas.save()
        pages = tuple(Page(number + 1, WIDTH, HEIGHT) for number in range(self.page))
        return Document(self.name, "pdf", "0" * 64, tuple(self.blocks), pages)


@dataclass
class Made:
    """A submission on disk with its screening."""

    screening: Screening
    originals: LocalFiles
    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)


class Ledger:
    """Gives out evidence with ids and true anchors."""

    def __init__(self, documents: dict[str, Document]) -> None:
        self.documents, self.items = documents, list[Evidence]()

    def add(
        self,
        path: str,
        block: int,
        words: str,
        kind: EvidenceKind,
        indicator: str,
        cell: tuple[int, int] | None = None,
        **more: object,
    ) -> str:
        """Evidence of words in a block; its id."""
        document = self.documents[path]
        text = document.text_of(Anchor(block, 0, 0, cell))
        start = text.index(words)
        anchor = Anchor(block, start, start + len(words), cell)
        places = document.locate(anchor)
        page = places[0].page if places else None
        item = Evidence(
            id=f"E{len(self.items) + 1}",
            kind=kind,
            indicator=indicator,
            document=path,
            anchor=anchor,
            text=words,
            page=page,
            boxes=tuple(place.box for place in places if place.page == page),
            lane="table" if cell else "text",
            trail=document.trail(anchor),
        )
        self.items.append(replace(item, **more))  # type: ignore[arg-type]
        return item.id


PLAN = "试点工作方案.pdf"
LETTER = "证明/1 5G基站数证明函.pdf"
POLICY = "证明/2 专项政策.pdf"
SCENES = "证明/3 场景对照表.xlsx"
PROMISE = "证明/4 承诺书.docx"
SCAN = "证明/5 称号证书（扫描件）.pdf"
NAMES = ("协同研发设计", "远程设备操控", "设备协同作业", "柔性生产制造", "现场辅助装配", "机器视觉质检")


def make(folder: Path) -> Made:
    """星河市: every kind of verdict but “absent”, every section of a report filled."""
    documents: dict[str, Document] = {}
    plan = Drawing(folder / PLAN, PLAN)
    plan.heading("一、现有基础")
    plan.heading("（一）发展政策", 2)
    policy = plan.paragraph("我市印发《星河市支持“5G+工业互联网”融合发展若干措施》（星政发〔2023〕18号），已兑现两批奖补资金。")
    plan.heading("（二）基础设施", 2)
    density = plan.paragraph("截至2024年6月末，全市累计开通5G基站15800个，按常住人口412.5万人计算，每万人拥有5G基站38.3个，网络质量稳步提升。")
    plan.heading("（三）行业应用", 2)
    scenes = plan.paragraph("全市共有6家工厂具备10个以上典型应用场景，覆盖装备、化工、家电等主导产业。")
    factory = plan.paragraph("1个项目入选工业互联网试点示范（5G工厂方向），3个项目入选2023年5G工厂名录。")
    plan.turn()
    plan.heading("（四）产业生态", 2)
    titles = plan.paragraph("我市获得国家新型工业化产业示范基地等部级称号4项，省级称号11项。")
    promise = plan.paragraph("近三年未发生重大网络安全事件和重大安全生产事故，申报材料真实有效。")
    plan.heading("二、分年度目标")
    targets = plan.table(
        [
            ["指标", "2025年", "2026年", "2027年"],
            ["每万人5G基站", "40个", "43个", "46个"],
            ["典型场景工厂", "8家", "12家", "16家"],
            ["财政资金", "2亿元", "3亿元", "4亿元"],
        ]
    )
    documents[PLAN] = plan.done()

    letter = Drawing(folder / LETTER, LETTER)
    letter.heading("关于星河市5G基站数的证明函")
    proof = letter.paragraph("经核定，截至2024年6月末星河市5G基站总数为14100个，每万人拥有5G基站数34.2个。联系电话：0512-65530123，联系人手机13812345678。")
    documents[LETTER] = letter.done()

    act = Drawing(folder / POLICY, POLICY)
    act.heading("星河市人民政府文件")
    number = act.paragraph("星政发〔2023〕18号　关于印发支持“5G+工业互联网”融合发展若干措施的通知")
    documents[POLICY] = act.done()

    rows = [["企业名称", "场景名称", "场景数"]] + [[f"星河第{i}工厂", "、".join(NAMES[: i + 1]), str(i + 7)] for i in range(1, 6)]
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    documents[SCENES] = Document(SCENES, "xlsx", "1" * 64, (Table(6, 3, cells, 1, sheet="对照表"),))
    words = "星河市人民政府承诺：近三年未发生重大网络安全事件、重大安全生产事故，未提供虚假材料。经办人身份证号11010519491231002X，开户账号6222020200112233445。"
    documents[PROMISE] = Document(PROMISE, "docx", "2" * 64, (Heading("承诺书", 1), Paragraph(words)))

    ledger = Ledger(documents)
    add = ledger.add
    e_policy = add(PLAN, policy, "《星河市支持“5G+工业互联网”融合发展若干措施》（星政发〔2023〕18号）", "claim", "policy.special_policy", status="fact")
    e_number = add(POLICY, number, "星政发〔2023〕18号", "proof", "policy.special_policy", status="fact", facts={"number": "星政发〔2023〕18号"})
    figure = Quantity(Decimal("38.3"), Decimal("38.3"), "个/万人", text="38.3个", flags=frozenset({"cumulative"}))
    e_density = add(
        PLAN, density, "每万人拥有5G基站38.3个", "claim", "infrastructure.coverage_5g", status="fact", quantities=(figure,)
    )
    e_stations = add(PLAN, density, "累计开通5G基站15800个", "claim", "infrastructure.coverage_5g", status="fact")
    e_proof = add(LETTER, proof, "每万人拥有5G基站数34.2个", "proof", "infrastructure.coverage_5g", status="fact", lane="ocr", confidence=0.87)
    e_goal = [add(PLAN, targets, goal, "target", "infrastructure.coverage_5g", (1, c + 1), year=2025 + c) for c, goal in enumerate(("40个", "43个", "46个"))]
    e_scenes = add(PLAN, scenes, "6家工厂具备10个以上典型应用场景", "claim", "application.scenarios", status="fact")
    e_rows = [add(SCENES, 0, f"星河第{i}工厂", "proof", "application.scenarios", (i, 0), status="fact") for i in range(1, 6)]
    e_plants = [add(PLAN, targets, goal, "target", "application.scenarios", (2, c + 1), year=2025 + c) for c, goal in enumerate(("8家", "12家", "16家"))]
    e_pilot = add(PLAN, factory, "1个项目入选工业互联网试点示范（5G工厂方向）", "claim", "application.factory_5g", status="fact")
    e_titles = add(PLAN, titles, "部级称号4项", "claim", "ecosystem.national_titles", status="fact")
    e_province = add(PLAN, titles, "省级称号11项", "claim", "ecosystem.national_titles", status="fact", scope="province")
    e_promise = add(PLAN, promise, "近三年未发生重大网络安全事件和重大安全生产事故", "claim", "site_visit.preparation", status="fact")
    e_statement = add(PROMISE, 1, "未发生重大网络安全事件、重大安全生产事故，未提供虚假材料", "proof", "site_visit.preparation", status="fact")
    e_money = [add(PLAN, targets, goal, "target", "policy.government_funds", (3, c + 1), year=2025 + c) for c, goal in enumerate(("2亿元", "3亿元", "4亿元"))]
    e_paid = add(PLAN, policy, "已兑现两批奖补资金", "claim", "policy.government_funds", status="fact")
    add(PROMISE, 1, "身份证号11010519491231002X", "claim", "services.security", scope="none")

    clause = {c.indicator: c.clause for c in load_edition().conditions}
    step = lambda part, text, *ids: Step(part, text, tuple(ids))  # noqa: E731
    findings = (
        Finding(
            "policy.special_policy", Verdict.MET, Decimal(1), (e_policy,), (e_number,), (Reason("met"),),
            (
                step("clause", clause["policy.special_policy"]),
                step("claim", "方案列明1项专项政策。", e_policy),
                step("proof", "所附文件有标题、发文机关、文号和日期。", e_number),
            ),
        ),
        Finding(
            "infrastructure.coverage_5g", Verdict.REVIEW, Decimal("34.2"), (e_density, e_stations), (e_proof,),
            (Reason("review.contradiction", {"what": "每万人拥有5G基站数", "claim": "38.3个", "source": "通信管理局证明函", "proof": "34.2", "gap": "10.7%", "tolerance": "2%"}),),
            (
                step("clause", clause["infrastructure.coverage_5g"]),
                step("claim", "15800个÷412.5万人＝38.3个/万人。", e_density, e_stations),
                step("proof", "证明函写明每万人34.2个。", e_proof),
                step("mend", "请审查人员对照原件核实，必要时请申报单位书面说明。"),
            ),
            excluded=((e_goal[0], "年度目标，不是现状"),),
            grids=(Grid("每万人拥有5G基站数的由来", ("来源", "基站数", "常住人口（万人）", "比值"),
                        (("方案", "15800", "412.5", "38.3"), ("证明函", "14100", "—", "34.2")), ((e_density, e_stations), (e_proof,))),),
        ),
        Finding(
            "application.scenarios", Verdict.UNPROVEN, Decimal(4), (e_scenes,), tuple(e_rows),
            (Reason("unproven.less", {"value": "4家"}),),
            (
                step("clause", clause["application.scenarios"]),
                step("claim", "方案称6家工厂具备10个以上典型应用场景。", e_scenes),
                step("proof", "对照表列5家工厂，其中4家达到10个。", *e_rows),
                step("missing", "尚缺1家工厂的场景证明。"),
                step("mend", "请补充逐厂场景对照表及证明。"),
            ),
            grids=(Grid("逐厂场景数", ("工厂", *NAMES, "官方场景数"),
                        tuple((f"星河第{i}工厂", *("√" if n <= i else "" for n in range(6)), str(i + 7)) for i in range(1, 6)),
                        tuple((key,) for key in e_rows)),),
        ),
        Finding(
            "application.factory_5g", Verdict.MET, Decimal(1), (e_pilot,), (e_number,), (Reason("met"),),
            (step("clause", clause["application.factory_5g"]), step("claim", "1个试点示范项目。", e_pilot)),
        ),
        Finding(
            "ecosystem.national_titles", Verdict.UNMET, Decimal(4), (e_titles,), (),
            (Reason("unmet.claim", {"value": "4项", "clause": "不少于5项部级及以上相关称号"}),),
            (
                step("clause", clause["ecosystem.national_titles"]),
                step("claim", "方案称部级称号4项。", e_titles),
                step("excluded", "省级称号11项不计。", e_province),
                step("missing", "尚缺1项部级及以上称号。"),
                step("mend", "请补充部级及以上称号的认定或公布文件，不少于5项。"),
            ),
            excluded=((e_province, "no.province"),),
        ),
        Finding(
            "site_visit.preparation", Verdict.MET, None, (e_promise,), (e_statement,), (Reason("met.site_visit"),),
            (step("clause", clause["site_visit.preparation"]), step("proof", "市人民政府承诺书涵盖三项内容。", e_statement)),
        ),
    )  # fmt: skip
    known = {
        "policy.special_policy": IndicatorRow("policy.special_policy", (e_policy,), {}, (e_number,)),
        "policy.government_funds": IndicatorRow("policy.government_funds", (e_paid,), _years(e_money), ()),
        "infrastructure.coverage_5g": IndicatorRow("infrastructure.coverage_5g", (e_density, e_stations), _years(e_goal), (e_proof,)),
        "application.scenarios": IndicatorRow("application.scenarios", (e_scenes,), _years(e_plants), tuple(e_rows)),
        "application.factory_5g": IndicatorRow("application.factory_5g", (e_pilot,), {}, (e_number,)),
        "ecosystem.national_titles": IndicatorRow("ecosystem.national_titles", (e_titles,), {}, ()),
        "site_visit.preparation": IndicatorRow("site_visit.preparation", (e_promise,), {}, (e_statement,)),
    }
    edition = load_edition()
    records = [
        _record(PLAN, "plan", documents, title="星河市先导区试点工作方案", role_reason="文件名和标题写明为试点工作方案"),
        _record(LETTER, "proof", documents, kind="通信管理局数据证明函", issuer="某省通信管理局", date="2024-07-03", lane="ocr"),
        _record(POLICY, "proof", documents, kind="红头文件", number="星政发〔2023〕18号", issuer="星河市人民政府"),
        _record(SCENES, "proof", documents, kind="场景对照表"),
        _record(PROMISE, "proof", documents, kind="承诺书"),
        DocumentRecord(SCAN, "proof", "unreadable", 2, ("文件损坏或不完整，未能读取",), "pdf", advice=("请申报单位重新提供该文件。",), unread_pages=(1, 2)),
    ]
    screening = Screening(
        name="星河市申报材料",
        cities=("星河市",),
        province="某省",
        catalogue={"id": edition.id, "edition": edition.edition},
        gate=GateVerdict.FAIL,
        gate_reasons=(
            Reason("gate.condition", {"name": "应用场景", "verdict": "缺少佐证"}),
            Reason("gate.condition", {"name": "全国示范能力", "verdict": "不符合"}),
            Reason("gate.unread", {"documents": SCAN}),
        ),
        conditions=findings,
        indicators=tuple(known.get(indicator.id, IndicatorRow(indicator.id)) for indicator in edition.indicators),
        evidence=tuple(ledger.items),
        documents=tuple(records),
        conflicts=(
            Conflict("density", "mandatory", "infrastructure.coverage_5g", "方案每万人38.3个，证明函为34.2个，相差10.7%。", (e_density, e_proof)),
        ),
        package=(
            PackageItem("plan", "试点工作方案（第十条）", "ok", "已提交。"),
            PackageItem("letter", "省级人民政府申报函（第九条）", "missing", "未找到省级人民政府的申报函或推荐函。"),
            PackageItem("targets", "试点期分年度目标（第十条）", "doubt", "仅3项指标设有分年度目标。", (e_goal[0],)),
        ),
        debris=("Thumbs.db", "证明/~$承诺书.docx"),
        years=("2025", "2026", "2027"),
        run={"date": "2024-10-08", "version": "0.1.0"},
    )
    files = {path: folder / path for path in (PLAN, LETTER, POLICY)}
    return Made(screening, LocalFiles(documents, files), folder, documents)


def _years(ids: list[str]) -> dict[str, tuple[str, ...]]:
    return {str(2025 + index): (key,) for index, key in enumerate(ids)}


def _record(path: str, role: str, documents: dict[str, Document], **more: object) -> DocumentRecord:
    document = documents[path]
    record = DocumentRecord(
        path, role, "read", len(document.pages) or None, format=document.format, sha256=document.sha256,  # type: ignore[arg-type]
        sizes=tuple((page.width, page.height) for page in document.pages),
    )  # fmt: skip
    return replace(record, **more)  # type: ignore[arg-type]


def passing(made: Made, name: str = "安丰市") -> Screening:
    """A second submission that passes."""
    base = made.screening
    conditions = tuple(replace(finding, verdict=Verdict.MET, excluded=()) for finding in base.conditions)
    return replace(base, name=name, cities=(name,), gate=GateVerdict.PASS, gate_reasons=(Reason("gate.pass"),), conditions=conditions, conflicts=())


def failed(name: str = "损坏.zip") -> Screening:
    """A submission that could not be opened at all."""
    edition = load_edition()
    return Screening(
        name, (), "", {"id": edition.id, "edition": edition.edition}, GateVerdict.REVIEW, (), (), (), (), (),
        failed="压缩包损坏，未能打开。请申报单位重新提供。",
    )  # fmt: skip
