"""地方放假安排 of one year: what a place adds to the nation's days off, as its file states it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, Self

from pydantic import model_validator

from zhifa_flow.model.calendar import FIRST_YEAR, Arrangement, Year
from zhifa_flow.model.region import NATION, full_region
from zhifa_flow.model.words import Text, Texts

_WHOLE_UNIT: Final = re.compile("[省市州盟县区旗]$")


class LocalYear(Year):
    """One year's arrangement of one place, by its own notice; it leaves the nation's days as they are.

    ``region`` is the full name of the place from its province on. ``cancels`` names days that the nation or a wider
    place arranged otherwise. ``policy`` is our reading of what these days mean for statutory periods, as of
    ``policy_date``. A place that announces such days every year says since when (``yearly_since``): its later years
    without a file are not known.

    Raises:
        ValueError: an unknown place, or dates that contradict each other or leave the year; all of them at once.
    """

    region: Text
    basis: Texts
    policy: Text
    policy_date: dt.date
    yearly_since: int | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = [*region_problems(self.region), *self.problems_of_dates(), *self.settled().problems]
        if not self.basis:
            problems.append("basis 应当写明放假的依据")
        if self.yearly_since is not None and not FIRST_YEAR <= self.yearly_since <= self.year:
            problems.append(
                f"yearly_since({self.yearly_since})应当在{FIRST_YEAR}年至本文件的年份{self.year}之间"
            )
        if problems:
            raise ValueError("\\n".join(problems))
        return self

    def over(self, wider: Arrangement, known_on: dt.date | None = None) -> Arrangement:
        """What holds here: the arrangement of the nation and of wider places, with this place's laid over it."""
        settled = self.settled(known_on)
        off = {day: f"{name}({self.region})" for day, name in settled.arrangement.off.items()}
        kept = {day: name for day, name in wider.off.items() if day not in settled.lifted}
        made_up = wider.made_up.difference(settled.lifted, off) | settled.arrangement.made_up
        return Arrangement(off | kept, made_up)

    def contradictions(self, wider: Arrangement) -> Iterator[str]:
        """Where the place says another thing than the nation or a wider place without saying that it means to."""
        settled = self.settled()
        own = settled.arrangement
        for day in sorted(settled.lifted - wider.off.keys() - wider.made_up):
            yield f"{day}没有放假或者上班的安排, 无从取消"
        for day in sorted(own.off.keys() & wider.made_up - settled.lifted):
            yield f"{day}全国或者上级地区安排调休上班, 本地确实放假的应当同时写入 cancels"
        for day in sorted(own.made_up & wider.off.keys() - settled.lifted):
            yield f"{day}全国或者上级地区安排放假({wider.off[day]}), 本地确实上班的应当同时写入 cancels"


def region_problems(region: str) -> Iterator[str]:
    """What is wrong with the name of a place that has days off of its own."""
    if region == NATION:
        yield "全国的安排写在 calendars 文件夹的年度文件里, 不是地方安排"
        return
    try:
        full = full_region(region)
    except ValueError as unknown:
        yield str(unknown)
        return
    if full != region:
        yield f"地区“{region}”应当写全称{full}"
    elif not _WHOLE_UNIT.search(region):
        # 吉林省吉林 would also name 吉林省吉林市's neighbours that begin alike.
        yield f"地区“{region}”应当写到行政区的全称, 以省、市、州、盟、县、区、旗结尾"
