"""A region (地区): the place of an agency, which begins with the full name of its province-level unit."""

from __future__ import annotations

import re
from typing import Final

from zhifa_flow.model.errors import close_names

#: The 34 province-level units by their full names, each with the short form that people write.
PROVINCES: Final = {
    "北京市": "北京", "天津市": "天津", "河北省": "河北", "山西省": "山西", "内蒙古自治区": "内蒙古",
    "辽宁省": "辽宁", "吉林省": "吉林", "黑龙江省": "黑龙江", "上海市": "上海", "江苏省": "江苏",
    "浙江省": "浙江", "安徽省": "安徽", "福建省": "福建", "江西省": "江西", "山东省": "山东",
    "河南省": "河南", "湖北省": "湖北", "湖南省": "湖南", "广东省": "广东", "广西壮族自治区": "广西",
    "海南省": "海南", "重庆市": "重庆", "四川省": "四川", "贵州省": "贵州", "云南省": "云南",
    "西藏自治区": "西藏", "陕西省": "陕西", "甘肃省": "甘肃", "青海省": "青海", "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆", "台湾省": "台湾", "香港特别行政区": "香港", "澳门特别行政区": "澳门",
}  # fmt: skip
#: The region of an agency of the nation.
NATION: Final = "全国"

# 吉林市, 海南藏族自治州, 河南县 begin like a province and lie in it or in another one: nothing is guessed of them.
_OTHER_PLACE: Final = re.compile("[省市州县区旗盟乡镇]|自治|特别|壮族|回族|维吾尔|藏族|蒙古族")


def full_region(written: str) -> str:
    """The region with the full name of its province: 河南许昌 becomes 河南省许昌.

    Raises:
        ValueError: it begins with no province-level unit; says which come close.
    """
    if written == NATION or written.startswith(tuple(PROVINCES)):
        return written
    for full, short in PROVINCES.items():
        rest = written.removeprefix(short)
        if rest != written and not _OTHER_PLACE.match(rest):
            return full + rest
    heads = {short: full for full, short in PROVINCES.items()} | {full: full for full in PROVINCES}
    found = [full for full, short in PROVINCES.items() if written.startswith(short)]
    near = found or [
        heads[name] for size in (2, 3, len(written)) for name in close_names(written[:size], heads)
    ]
    hint = f", 是否指: {'、'.join(list(dict.fromkeys(near))[:3])}" if near else ""
    raise ValueError(f"“{written}”应以省级行政区的全称开头, 如河南省许昌市{hint}")
