"""法定节日: the days that 全国年节及纪念日放假办法 itself gives, for years without a yearly notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from zhifa_flow.model.calendar import FIRST_YEAR, LAST_YEAR

# Year, then the date (month and day) of 春节 (正月初一), 清明, 端午, 中秋.
# Two sources agree on every year: a published lunar table, and the times of new moons and solar terms.
_MOVING_DATES = """
    2004 0122 0404 0622 0928   2005 0209 0405 0611 0918   2006 0129 0405 0531 1006   2007 0218 0405 0619 0925
    2008 0207 0404 0608 0914   2009 0126 0404 0528 1003   2010 0214 0405 0616 0922   2011 0203 0405 0606 0912
    2012 0123 0404 0623 0930   2013 0210 0404 0612 0919   2014 0131 0405 0602 0908   2015 0219 0405 0620 0927
    2016 0208 0404 0609 0915   2017 0128 0404 0530 1004   2018 0216 0405 0618 0924   2019 0205 0405 0607 0913
    2020 0125 0404 0625 1001   2021 0212 0404 0614 0921   2022 0201 0405 0603 0910   2023 0122 0405 0622 0929
    2024 0210 0404 0610 0917   2025 0129 0404 0531 1006   2026 0217 0405 0619 0925   2027 0206 0405 0609 0915
    2028 0126 0404 0528 1003   2029 0213 0404 0616 0922   2030 0203 0405 0605 0912   2031 0123 0405 0624 1001
    2032 0211 0404 0612 0919   2033 0131 0404 0601 0908   2034 0219 0405 0620 0927   2035 0208 0405 0610 0916
    2036 0128 0404 0530 1004   2037 0215 0404 0618 0924   2038 0204 0405 0607 0913   2039 0124 0405 0527 1002
    2040 0212 0404 0614 0920   2041 0201 0404 0603 0910   2042 0122 0404 0622 0928   2043 0210 0405 0611 0917
    2044 0130 0404 0531 1005   2045 0217 0404 0619 0925   2046 0206 0404 0608 0915   2047 0126 0405 0529 1004
    2048 0214 0404 0615 0922   2049 0202 0404 0604 0911   2050 0123 0404 0623 0930   2051 0211 0405 0613 0919
    2052 0201 0404 0601 0907   2053 0219 0404 0620 0926   2054 0208 0404 0610 0916   2055 0128 0405 0530 1005
    2056 0215 0404 0617 0924   2057 0204 0404 0606 0913   2058 0124 0404 0625 1002   2059 0212 0405 0614 0921
    2060 0202 0404 0603 0909   2061 0121 0404 0622 0928   2062 0209 0404 0611 0917   2063 0129 0405 0601 1006
    2064 0217 0404 0619 0925   2065 0205 0404 0608 0915   2066 0126 0404 0528 1003   2067 0214 0405 0616 0923
    2068 0203 0404 0604 0911   2069 0123 0404 0623 0929   2070 0211 0404 0613 0919   2071 0131 0405 0602 0908
    2072 0219 0404 0620 0926   2073 0207 0404 0610 0916   2074 0127 0404 0530 1005   2075 0215 0404 0617 0924
    2076 0205 0404 0606 0912   2077 0124 0404 0624 1001   2078 0212 0404 0614 0920   2079 0202 0404 0604 0910
    2080 0122 0404 0622 0928   2081 0209 0404 0611 0917   2082 0129 0404 0601 1006   2083 0217 0404 0619 0926
    2084 0206 0404 0607 0914   2085 0126 0404 0527 1003   2086 0214 0404 0615 0922   2087 0203 0404 0605 0911
    2088 0124 0404 0623 0929   2089 0210 0404 0613 0918   2090 0130 0404 0602 0908   2091 0218 0404 0621 0927
    2092 0207 0404 0609 0916   2093 0127 0404 0529 1005   2094 0215 0404 0617 0924   2095 0205 0404 0606 0913
    2096 0125 0404 0624 0930   2097 0212 0404 0614 0920   2098 0201 0404 0604 0909   2099 0121 0404 0623 0929
    2100 0209 0405 0612 0918
"""
_ROWS = _MOVING_DATES.split()
_MOVING = {int(_ROWS[at]): _ROWS[at + 1 : at + 5] for at in range(0, len(_ROWS), 5)}
_SPRING, _QINGMING, _DUANWU, _ZHONGQIU = range(4)

# What the measure gave in its texts of 1999, 2007 (in force 2008), 2013 (2014) and 2024 (2025), by year.
_FIXED_DAYS = (
    ("元旦", (1, 1), FIRST_YEAR, LAST_YEAR),
    ("劳动节", (5, 1), FIRST_YEAR, LAST_YEAR),
    ("劳动节", (5, 2), FIRST_YEAR, 2007),
    ("劳动节", (5, 3), FIRST_YEAR, 2007),
    ("劳动节", (5, 2), 2025, LAST_YEAR),
    ("国庆节", (10, 1), FIRST_YEAR, LAST_YEAR),
    ("国庆节", (10, 2), FIRST_YEAR, LAST_YEAR),
    ("国庆节", (10, 3), FIRST_YEAR, LAST_YEAR),
)
_MOVING_DAYS = (
    ("春节", (_SPRING, -1), 2008, 2013),  # 除夕
    ("春节", (_SPRING, -1), 2025, LAST_YEAR),
    ("春节", (_SPRING, 0), FIRST_YEAR, LAST_YEAR),
    ("春节", (_SPRING, 1), FIRST_YEAR, LAST_YEAR),
    ("春节", (_SPRING, 2), FIRST_YEAR, 2007),  # 正月初三
    ("春节", (_SPRING, 2), 2014, LAST_YEAR),
    ("清明节", (_QINGMING, 0), 2008, LAST_YEAR),
    ("端午节", (_DUANWU, 0), 2008, LAST_YEAR),
    ("中秋节", (_ZHONGQIU, 0), 2008, LAST_YEAR),
)


@cache
def statutory_days(year: int) -> Mapping[date, str]:
    """The statutory days off of a year with their names, without the weekends a yearly notice moves to them.

    A day on a weekend is made up for (第六条); only a notice says on which day, so none is assumed.
    """
    days: dict[date, str] = {}
    for day, name in _days(year):
        days.setdefault(day, name)
    return days


def _days(year: int) -> Iterator[tuple[date, str]]:
    for name, (month, number), first, last in _FIXED_DAYS:
        if first <= year <= last:
            yield date(year, month, number), name
    for name, (festival, offset), first, last in _MOVING_DAYS:
        if first <= year <= last:
            written = _MOVING[year][festival]
            yield date(year, int(written[:2]), int(written[2:])) + timedelta(days=offset), name
