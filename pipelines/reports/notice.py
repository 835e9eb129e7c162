"""notice.docx: the draft of a notice that asks for what is missing (补正通知), where a submission fails or needs a person."""

from __future__ import annotations

from pathlib import Path

from pipelines.reports import words
from pipelines.reports.options import Originals, ReportOptions
from pipelines.reports.paper import Paper
from pipelines.screening import GateVerdict, Screening, Verdict


def render(screening: Screening, out: Path, originals: Originals, options: ReportOptions) -> None:
    """Write notice.docx; none for a submission that passes, and one of an earlier run is taken away."""
    target = out / "notice.docx"
    if screening.gate is GateVerdict.PASS and not screening.failed:
        target.unlink(missing_ok=True)
        return
    words.write(target, paper(screening))


def paper(screening: Screening) -> bytes:
    """The Word file. Sender, date and deadline are left empty: they are not the program's to say."""
    edition = words.edition_of(screening)
    by_id = screening.by_id()
    city = words.city_of(screening)
    doc = Paper(f"关于补正{city}“5G+工业互联网”融合应用先导区试点申报材料的通知", words.run_time(screening))
    doc.text(f"{'、'.join(words.squeeze(c) + '人民政府' for c in screening.cities) or city}：", indent=False)
    doc.text(
        f"你市报送的“5G+工业互联网”融合应用先导区试点申报材料收悉。依据试点工作规则第十一条，经对照《{edition.title}（{edition.name}）》"
        "审查材料完整性，下列事项需要补正或者说明。"
    )
    table: list[list[str]] = []
    section = 0

    def open_section(title: str) -> None:
        nonlocal section
        section += 1
        doc.heading(f"{words.NUMERALS[section - 1]}、{title}")

    if screening.failed:
        open_section("申报材料未能打开")
        doc.text(screening.failed)
        table.append(["申报材料", "未能读取", words.squeeze(screening.failed)])
    open_items = [finding for finding in screening.conditions if finding.verdict is not Verdict.MET]
    if open_items:
        open_section("不可偏离条件")
        for number, finding in enumerate(open_items, 1):
            indicator = words.indicator_of(edition, finding.indicator)
            condition = edition.condition(finding.indicator)
            doc.heading(f"（{_numeral(number)}）{indicator.level3}：{words.verdict_words(finding)}", 2)
            if condition:
                doc.text(condition.clause + "。", label="要求：")
            doc.text(words.explanation(finding), label="情况：")
            keys = [*finding.claims, *finding.proofs, *(key for key, _ in finding.excluded)]
            places = list(dict.fromkeys(f"{words.place(by_id[k])}“{words.shorten(by_id[k].text, 40)}”" for k in keys if k in by_id))
            if places:
                more = f"等{len(places)}处" if len(places) > 6 else ""
                doc.text("；".join(places[:6]) + more + "。", label="出处：")
            for why in dict.fromkeys(words.why(reason) for _, reason in finding.excluded):
                doc.text(why + "。", label="不予计入：")
            mend = [step.text for step in finding.steps if step.part in ("missing", "mend")]
            ask = "".join(mend) or ("请书面说明并附证明文件。" if finding.verdict is Verdict.REVIEW else "请补充证明文件。")
            doc.text(ask, label="请补正：")
            table.append([indicator.level3, words.verdict_words(finding), ask])
    lacking = [item for item in screening.package if item.state != "ok"]
    if lacking:
        open_section("材料齐备情况")
        for number, item in enumerate(lacking, 1):
            doc.text(f"{number}．{item.title}：{item.text}")
            table.append([item.title, words.STATE_WORDS[item.state], item.text])
    unread = [record for record in screening.documents if record.status != "read"]
    if unread:
        open_section("未能完整读取的文件")
        for number, record in enumerate(unread, 1):
            pages = f"（第{words.page_ranges(record.unread_pages)}页）" if record.unread_pages else ""
            advice = "".join(record.advice) or "请重新提供。"
            doc.text(f"{number}．《{words.squeeze(record.path)}》{pages}：{'；'.join(record.messages)}。{advice}".replace("。。", "。"))
            table.append([words.squeeze(record.path), words.READ_WORDS[record.status], advice])
    doubts = [conflict for conflict in screening.conflicts if conflict.grade != "form"]
    if doubts:
        open_section("前后不一致的内容")
        for number, conflict in enumerate(doubts, 1):
            stands = "；".join(words.place(by_id[key]) for key in conflict.evidence if key in by_id)
            doc.text(f"{number}．{conflict.text}" + (f"出处：{stands}。" if stands else ""))
            table.append(["前后不一致", words.GRADE_WORDS[conflict.grade], conflict.text])
    doc.text("请于　　　年　　月　　日前将补正材料按原渠道报送。")
    doc.text("附件：需补正事项一览表")
    doc.text("")
    doc.text("")
    doc.text("　　　　年　　月　　日", right=True)
    doc.turn()
    doc.heading("附件　需补正事项一览表")
    doc.table(["序号", "事项", "审查情况", "补正要求"], [[str(n), *row] for n, row in enumerate(table, 1)], [1, 4, 2.4, 6.6])
    return doc.bytes()


def _numeral(number: int) -> str:
    return words.NUMERALS[number - 1] if number <= 10 else str(number)
