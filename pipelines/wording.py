"""Reason code → Chinese sentence, the only place. Codes are stable; ``docs/reason_codes.md`` is made from this table."""



from __future__ import annotations

import re
from collections.abc import Sequence

from models.catalogue import Edition
from pipelines.screening import GateVerdict, Reason, Step, Verdict

VERDICTS: dict[Verdict, str] = {
    Verdict.MET: "符合",
    Verdict.UNMET: "不符合",
    Verdict.UNPROVEN: "缺少佐证",
    Verdict.ABSENT: "未提及",
    Verdict.REVIEW: "需人工核查",
}
GATES: dict[GateVerdict, str] = {GateVerdict.PASS: "通过", GateVerdict.FAIL: "不通过", GateVerdict.REVIEW: "需人工核查"}
ROLES: dict[str, str] = {"plan": "试点工作方案", "form": "申报表", "letter": "申报函/推荐函", "proof": "支撑证明材料", "other": "其他"}
STATUSES: dict[str, str] = {"read": "已读取", "partial": "部分读取", "unreadable": "未能读取"}
SIDES: dict[str, str] = {"claim": "申报", "proof": "佐证"}
KINDS: dict[str, str] = {"claim": "申报陈述", "target": "年度目标", "proof": "佐证"}

# Sentences with their blanks. "clause." and "mend." speak to the reader of a finding, "no." says why something does not count.
SENTENCES: dict[str, str] = {
    # why a condition stands as it does
    "met": "申报陈述达到要求，材料中的佐证也达到要求。",
    "met.proof_only": "方案中没有明确陈述，但材料中的佐证达到要求。",
    "met.site_visit": "证明齐备，须现场核实。",
    "unmet.claim": "申报城市自身材料显示为{value}，未达到要求（{clause}）。",
    "unmet.proof": "方案中没有明确陈述，佐证显示为{value}，未达到要求（{clause}）。",
    "unmet.incident": "材料中有重大网络安全事件或重大安全生产事故的记录：{text}",
    "unproven.none": "申报陈述达到要求，但材料中没有能够证明的文件。",
    "unproven.less": "申报陈述达到要求，但佐证只能证明{value}，少于要求。",
    "unproven.unfit": "申报陈述达到要求，但所附文件为征求意见稿、公示、过期、无出具单位或其他级别、其他范围的材料，不能作为佐证。",
    "unproven.plan_only": "只有方案或申报表中的陈述，材料中没有承诺书或主管部门证明。",
    "unproven.pledge": "所附承诺只对今后作出保证，没有说明此前未发生，不能作为佐证。",
    "unproven.topic": "承诺书或证明未涵盖：{topics}。",
    "absent": "方案、申报表和支撑证明材料中均未提及。",
    "absent.ratio": "材料中只有部分数据，没有每万人拥有5G基站数，也不能由基站数和常住人口算出。",
    "review.contradiction": "{what}：申报为{claim}，{source}为{proof}，相差{gap}，超过{tolerance}的允许误差，须人工核实。",
    "review.claim_below": "申报为{claim}，未达到要求，佐证却显示{proof}，两者不一致，须人工核实。",
    "review.own_detail": "陈述为{stated}，但其自身明细只能数出{counted}，两者只有一个达到要求，须人工核实。",
    "review.ratio": "{side}写明每万人{stated}个，由其基站数和常住人口算得{computed}个，两者不一致，须人工核实。",
    "review.denied": "承诺或陈述称未发生，但另有文件记载：{text}",
    "review.incident_unsure": "材料中有事故或事件的记载，其级别或归属不能由程序判定：{text}",
    "review.echo": "佐证材料中提到了所申报的{names}，但程序未能确认其能否证明，须人工核实。",
    "review.unread": "可能含有佐证的文件未能读取：{documents}，不能据此认定缺少佐证。",
    "review.no_issuer": "{documents}为扫描件，未能识别出具单位，能否作为佐证须人工认定。",
    "review.approximate": "数值为约数或区间（{text}），不能判定是否达到要求。",
    "review.synonym": "按官方名称只能确认{sure}家，计入近似名称后为{likely}家，近似名称须人工认定。",
    "review.near_policy": "所附政策《{title}》未在标题中点明“5G+工业互联网”，是否属于专项政策须人工认定。",
    "review.policy_doubt": "所附政策《{title}》{doubt}，须人工认定。",
    "review.own_unsure": "名单中有{count}项不能确定是否属于申报城市，计入与否影响结论，须人工认定。",
    "review.list_unknown": "有{count}项所在名单的级别或是否正式公布不能确定，计入与否影响结论，须人工认定。",
    "review.not_in_roster": "材料所附名录中有{count}项在所加载的官方名录中没有找到，计入与否影响结论，须人工核实。",
    "review.people_unproven": "基站数和常住人口分别出自申报与佐证，借用对方数据算得每万人{value}个，须人工核实。",
    "review.title_unsure": "能确认的部级及以上称号为{sure}项，另有{doubtful}项级别或有效性须人工认定。",
    "review.same_award": "佐证列有称号{count}项，但同一主体、同一类称号跨年度只计一次时为{awards}项，须人工认定是否为不同项目。",
    # what was computed
    "value.computed": "{stations}个÷{people}万人＝{value}个/万人",
    "value.stated": "写明每万人拥有5G基站{value}个",
    "value.both": "试点示范（5G工厂方向）{pilots}个；5G工厂名录{listed}个",
    "value.titles": "称号{titles}项，涉及{programmes}类计划",
    "value.factories_stated": "{side}：写明具备{each}个以上典型应用场景的工厂{count}家",
    "value.factories_counted": "{side}逐厂核数：列出{rows}家，其中官方场景达到{each}个的{sure}家{names}",
    "claim.policy": "申报陈述：《{title}》{number}",
    "claim.policies": "申报陈述：专项政策{count}项",
    "proof.policy": "佐证：《{title}》全文（{parts}）",
    "proof.incident": "{document}记载：{text}",
    # what is not counted, and why
    "no.province": "省级，不计",
    "no.city": "市级及以下，不计",
    "no.county": "区县文件，不计",
    "no.nation": "国家文件，不能证明本市政策",
    "no.association": "协会、联盟、媒体或赛事授予，非部级，不计",
    "no.qualification": "企业资质，属重点企业指标，不计入称号",
    "no.draft": "征求意见稿或草案，不计",
    "no.planned": "尚未出台，不计",
    "no.repealed": "已废止或失效，不计",
    "no.expired": "有效期至{year}，申报时已过期，不计",
    "no.lapsed": "已到期、撤销或未通过复核，不计",
    "no.elsewhere": "{name}：材料写明其所在地为{place}，不在本市，不计",
    "no.unclaimed": "名单只注明同省或未注明地区，申报材料自列的称号中没有它，不计",
    "no.unclaimed_pilot": "归属不明，且申报材料没有主张试点示范（5G工厂方向）项目，不计",
    "no.later_title": "授予年份（{year}年）晚于申报时间，请核对，不计",
    "no.pledge": "只是今后的保证，不是对此前情况的说明，不计",
    "no.general": "未点明“5G+工业互联网”，属一般规划或文件，不计",
    "no.announced": "公示或拟入选，未正式公布，不计",
    "no.applying": "申报中、培育或推荐，不计",
    "no.other": "属其他城市或单位，不计",
    "no.duplicate": "与“{other}”为同一项，不重复计",
    "no.lower_list": "省级或市级名单、培育库，不计",
    "no.later_list": "名录发布时间晚于申报时间，请核对，不计",
    "no.few_scenarios": "{name}：官方场景{count}个，不足{each}个，不计",
    "no.issuer": "{document}未见出具单位，不能作为佐证，不计",
    "no.lesser": "一般或较大级别，不属重大",
    # remarks
    "note.rank_status": "“{title}”：{mark}",
    "note.counts_differ": "申报显示{claim}，佐证显示{proof}，佐证已达到要求，差异请核对。",
    "note.no_roster": "未加载官方名录，仅依据材料中所附的名录副本。",
    "note.joint": "联合申报，按合计数判定；分市数据：{detail}。",
    "note.dates": "{detail}时点不同，不作矛盾处理，均达到要求。",
    "note.roster": "计入的名录项目已与所加载的官方名录逐项核对，对应行见下表。",
    "note.list_year": "名录年度与申报年度同为{year}年，请核对名录正式公布的时间是否早于申报时间。",
    "note.bare": "佐证只写明工厂数或场景数，没有逐厂列出场景名称，请抽查是否均为官方场景。",
    # what would mend it
    "mend.policies": "请补充本市印发的支持“5G+工业互联网”发展的专项政策文件全文（含发文机关、文号、印发日期）。",
    "mend.density": "请补充省通信管理局出具的5G基站数证明、统计部门公布的常住人口数，并核对每万人拥有5G基站数是否超过{threshold}个。",
    "mend.scenarios": "请补充逐厂场景对照表（按已公布的20个典型应用场景名称）及证明，具备{each}个以上场景的工厂不少于{threshold}家。",
    "mend.listed_projects": "请补充工业和信息化部正式公布的试点示范（5G工厂方向）或5G工厂名录文件，并标出本市项目。",
    "mend.titles": "请补充部级及以上称号的认定或公布文件（注明授予单位和时间），不少于{threshold}项。",
    "mend.statement": "请补充市人民政府承诺书，或网信、应急管理等主管部门出具的无重大网络安全事件、无重大安全生产事故、未提供虚假材料的证明。",
    "mend.unread": "请申报单位重新提供上述文件的可读版本（去除密码、重新扫描或另存为常用格式）。",
    "mend.review": "请审查人员对照原件核实上述情况，必要时请申报单位书面说明。",
    # the gate
    "gate.condition": "{name}：{verdict}",
    "gate.no_plan": "材料中没有试点工作方案。",
    "gate.no_letter": "未找到省级人民政府（计划单列市为市人民政府）的申报函或推荐函。",
    "gate.plan_doubt": "未能确认试点工作方案：可能在未能读取的文件中，须人工确认。",
    "gate.letter_doubt": "不能确认申报函或推荐函由省级人民政府（计划单列市为市人民政府）出具，须人工核对。",
    "gate.applicants": "未能确认申报城市，或推荐函未写明全部联合申报城市，须人工核对。",
    "gate.targets_doubt": "只找到个别年度目标，须人工核对是否制定了试点期分年度目标。",
    "gate.unread": "有文件未能读取：{documents}。",
    "gate.no_targets": "方案中未找到试点期分年度目标。",
    "gate.pass": "六项不可偏离条件均符合，材料齐全。",
    "gate.failed": "未能完成预审：{text}",
}


def say(code: str, **data: object) -> str:
    """The sentence of a code with its blanks filled; KeyError for a code that does not exist."""
    return SENTENCES[code].format(**data)


def sentence(reason: Reason) -> str:
    """The sentence of a reason."""
    return SENTENCES[reason.code].format(**reason.data)


_DOUBLE = re.compile(re.escape(SENTENCES["no.duplicate"]).replace(re.escape("{other}"), ".*"))
_PARTS = {"clause": "要求：", "excluded": "未计入：", "mend": "建议："}


def explain(steps: Sequence[Step]) -> str:
    """The derivation in one paragraph: what is asked, claimed, proved, left out and why, missing, and what would mend it."""
    sentences: list[str] = []
    left_out: dict[str, int] = {}
    for step in steps:
        if step.part == "excluded":
            # Doubles are told one by one in the steps; here it is enough how many there are.
            why = "同一项重复列出，不重复计" if _DOUBLE.fullmatch(step.text) else step.text
            left_out[why] = left_out.get(why, 0) + 1
    for step in steps:
        if step.part != "excluded":
            sentences.append(_PARTS.get(step.part, "") + step.text)
        elif left_out:
            sentences.append("未计入：" + "；".join(why + (f"（{count}处）" if count > 1 else "") for why, count in left_out.items()))
            left_out = {}
    return "".join(text if text.endswith("。") else text + "。" for text in sentences)


def condition_name(edition: Edition, indicator: str) -> str:
    """What reviewers call a mandatory condition."""
    short = {
        "policy.special_policy": "专项政策",
        "infrastructure.coverage_5g": "5G网络覆盖率",
        "application.scenarios": "应用场景",
        "application.factory_5g": "5G工厂",
        "ecosystem.national_titles": "全国示范能力",
        "site_visit.preparation": "试点建设筹备",
    }
    return short.get(indicator) or edition.indicator(indicator).short
