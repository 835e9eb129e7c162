"""Rows and papers that several packages share in kind, never in wording of the applicant's own facts (all firms are invented)."""
import random

_CITIES = [("辽宁省", "沈川市"), ("浙江省", "瓯桥市"), ("广东省", "惠岭市"), ("安徽省", "芜塘市"), ("四川省", "绵江市"), ("福建省", "泉屿市"),
           ("陕西省", "宝塬市"), ("河南省", "洛源市"), ("湖南省", "株浦市"), ("重庆市", "江岭区"), ("上海市", "嘉临区"), ("吉林省", "长岗市"),
           ("江西省", "赣浔市"), ("天津市", "滨澜区"), ("云南省", "曲岭市"), ("山西省", "晋塬市")]
_FIRMS = ["宏拓", "恒嘉", "瑞仕", "中矩", "金穗", "天泽", "凯睿", "博远", "隆昌", "锐捷恒", "盛和", "卓普", "海陆", "鼎新", "新桥", "同辉"]
_TRADES = [("汽车零部件", "汽车底盘柔性制造5G工厂"), ("钢铁", "高端板材5G智慧工厂"), ("家电", "智能空调5G全连接工厂"), ("化工", "精细化工5G安全生产工厂"),
           ("光电", "显示模组5G工厂"), ("纺织", "印染数字化5G工厂"), ("重工", "工程机械5G智能工厂"), ("药业", "固体制剂5G工厂"),
           ("水泥", "绿色建材5G工厂"), ("矿业", "智慧选矿5G工厂"), ("电缆", "特种线缆5G工厂"), ("食品", "乳制品5G数字工厂")]


def others(count, seed):
    """(province, city, firm, project) of other places."""
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        province, city = rng.choice(_CITIES)
        trade, project = rng.choice(_TRADES)
        rows.append((province, city, city[:2] + rng.choice(_FIRMS) + trade + rng.choice(["有限公司", "股份有限公司", "集团有限公司"]), project))
    return rows


def weave(own, rest, places):
    """Own rows put among the others at the given places."""
    rows = list(rest)
    for row, place in sorted(zip(own, places, strict=False), key=lambda pair: pair[1]):
        rows.insert(place, row)
    return rows


def numbered(rows, start=1, step=None):
    """Serial number before each row; `step` makes an extract with gaps."""
    rng, number, out = random.Random(step), start, []
    for row in rows:
        out.append([str(number), *row])
        number += 1 if step is None else rng.randint(1, step)
    return out
