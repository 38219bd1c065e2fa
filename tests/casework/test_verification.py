"""Verification: what was forged, lost or damaged is named; what is whole is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.small import (
    BUREAU,
    DECISION,
    ENTERED,
    MAJOR,
    NOTE,
    OFFICERS,
    decided,
    desk_on,
    done,
    folder,
    law,
    opened,
    register,
)
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.casework import verification
from zhifa_flow.casework.inventory import Inventory
from zhifa_flow.casework.ports import Store
from zhifa_flow.casework.verification import PARTS, Verified, verify
from zhifa_flow.engine.chain import paper_digest, sealed
from zhifa_flow.engine.opening import Opened
from zhifa_flow.model.case import Case
from zhifa_flow.model.register import Entered
from zhifa_flow.model.statute import StatuteIndex


def with_attachments(store: Store, tmp_path: Path) -> list[str]:
    """A case "甲" walked to its decision, with a scan and two photos in its notes; the hashes of the three."""
    digests = []
    for number in range(3):
        scan = tmp_path / f"{number}.pdf"
        scan.write_bytes(b"%%PDF %d" % number)
        digests.append(store.keep(scan))
    desk = desk_on(store)
    opened(desk, id_="甲")
    photos = [{"title": "全景", "image": digests[1]}, {"title": "近景", "image": digests[2]}]
    done(desk, "甲", "take_note", {"note": [{"content": "一", "scan": digests[0], "photos": photos}]})
    done(desk, "甲", "propose", MAJOR)
    done(desk, "甲", "decide", DECISION)
    return digests


def problems(store: Store) -> str:
    return "\n".join(problem for one in verify(store, folder(), law()) for problem in one.problems)


def forged(path: Path, *statements: str) -> None:
    """What somebody does who owns the file, and knows how to take the triggers away and put them back."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, text in triggers:
        connection.execute(text)
    connection.close()


@pytest.mark.parametrize("make", [MemoryStore, None])
def test_a_store_that_nobody_touched_is_whole(
    make: Callable[[], Store] | None, store: SqliteStore, tmp_path: Path
) -> None:
    whole = make() if make else store
    register(whole)
    with_attachments(whole, tmp_path)
    decided(desk_on(whole), id_="乙")

    found = list(verify(whole, folder(), law()))

    assert found == [
        Verified("乙", 8, 0, ()), Verified("乙.publication.7", 1, 0, ()),
        Verified("甲", 4, 3, ()), Verified("甲.publication.3", 1, 0, ()),
        Verified("", 0, 0, (), registrations=6),
    ]  # fmt: skip


@pytest.mark.parametrize("make", [MemoryStore, None])
def test_a_store_without_cases_is_said_to_be_one(
    make: Callable[[], Store] | None, store: SqliteStore
) -> None:
    [found] = verify(make() if make else store, folder(), law())

    assert (found.problems, found.notices) == ((), ("库中没有案件",))


@pytest.mark.parametrize("stretch", [1, 2, 3, 4, 5])
def test_every_case_is_looked_through_however_many_go_into_one_transaction(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(verification, "STRETCH", stretch)
    for number in range(4):
        opened(desk_on(store), id_=f"c{number}")

    found = [one.case for one in verify(store, folder(), law())]

    assert found == ["c0", "c1", "c2", "c3", ""]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE case_step SET recorder = 'head' WHERE seq = 1", "案件甲第1步: 内容与摘要不符"),
        ("DELETE FROM case_step WHERE seq = 1", "案件甲第2步: 缺少第1步"),
        ("DELETE FROM case_step WHERE seq = 3", "案件甲: 步数与办案记录不一致(案件记为“3”, 按记录应为“2”)"),
        ("DELETE FROM case_step", "案件甲: 没有办案记录"),
        ("UPDATE case_document SET fields = '{\"content\":\"改\"}' WHERE seq = 1", "文书“调查笔录”的内容与摘要不符"),
        ("DELETE FROM case_document WHERE seq = 1", "案件甲第1步: 内容与摘要不符"),
        ("UPDATE case_document SET fields = '{\"photos\":[5]}' WHERE seq = 1", "文书“调查笔录”的内容与摘要不符"),
        ("UPDATE case_document SET fields = '' WHERE seq = 1", "案件甲: 数据库中案件甲第1步文书“note”的记录已损坏"),
        ("UPDATE case_document SET kind = 'x' WHERE seq = 1", "案件甲: 办案记录不能按test.small@2024-01-01重放"),
        ("UPDATE case_step SET target = 'x' WHERE seq = 1", "案件甲: 办案记录不能按test.small@2024-01-01重放"),
        ("UPDATE case_step SET content = '{}' WHERE seq = 0", "案件甲: 办案记录不能按test.small@2024-01-01重放"),
        ("DELETE FROM case_file WHERE id = '甲'", "案件甲.publication.3: 主案甲不在库中"),
        ("DELETE FROM case_file WHERE id <> '甲'", "案件甲第3步: 所启动的附随案件甲.publication.3不在库中"),
        ("DELETE FROM case_file WHERE id = '甲'", "案件甲: 库中有其办案记录, 而没有案件本身"),
        ("DELETE FROM case_file WHERE id = '甲'", "案件甲: 库中有其期限, 而没有案件本身"),
        ("DELETE FROM case_step WHERE seq = 1", "案件甲: 库中有其文书, 而没有相应的办案记录"),
        ("UPDATE case_file SET id = '丙' WHERE id <> '甲'", "案件丙: 主案甲的办案记录中没有启动本案"),
        ("UPDATE case_step SET agency = 'city' WHERE case_id = '甲' AND seq > 1", "案件甲第3步: 记录所属的执法机关与案件不一致"),
        ("UPDATE case_document SET agency = 'city' WHERE seq = 3", "案件甲第3步: 文书所属的执法机关或者份次与案件不一致"),
        ("UPDATE case_document SET copy_no = 1 WHERE seq = 1", "案件甲第1步: 文书所属的执法机关或者份次与案件不一致"),
        ("UPDATE running_clock SET due = '2027-01-01' WHERE case_id = '甲'", "案件甲: 期限清单中的“payment”与案件不一致(清单: 2027-01-01届满, 案件: 2026-03-17届满)"),
        ("UPDATE running_clock SET key = '9' WHERE case_id = '甲'", "案件甲: 期限清单中的“payment”与案件不一致"),
        ("UPDATE running_clock SET agency = 'city' WHERE case_id = '甲'", "案件甲: 期限清单中的“payment”与案件不一致"),
        ("DELETE FROM running_clock", "案件甲: 期限清单中的“payment”与案件不一致(清单: 没有, 案件: 2026-03-17届满)"),
        ("UPDATE running_clock SET deadline = 'x' WHERE case_id = '甲'", "期限清单中的“x”与案件不一致(清单: 2026-03-17届满, 案件: 没有)"),
        ("UPDATE case_file SET parent = NULL WHERE id <> '甲'", "附随案件甲.publication.3没有记明本案为主案"),
        ("UPDATE case_file SET relation = 'x' WHERE id <> '甲'", "附随案件甲.publication.3没有记明本案为主案"),
        ("UPDATE case_file SET flow = 'test.gone@2024-01-01'", "案件甲: 没有名为“test.gone@2024-01-01”的流程版本"),
    ],
)  # fmt: skip
def test_what_was_forged_in_the_records_is_named(
    store: SqliteStore, path: Path, tmp_path: Path, statement: str, expected: str
) -> None:
    with_attachments(store, tmp_path)
    before = problems(store)

    forged(path, statement)

    assert before == ""
    assert expected in problems(store)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("state", "'closed'", "所处环节与办案记录不一致(案件记为“已结案”, 按记录应为“已决定”)"),
        ("ended", "1", "是否办结与办案记录不一致(案件记为“是”, 按记录应为“否”)"),
        ("title", "'另案'", "案由与办案记录不一致(案件记为“另案”, 按记录应为“某公司案”)"),
        ("region", "'河北省'", "地区与办案记录不一致"), ("sector", "'税务'", "领域与办案记录不一致"),
        ("agency", "'city'", "执法机关与办案记录不一致"), ("revision", "9", "步数与办案记录不一致"),
        ("head", "''", "末步摘要与办案记录不一致"), ("opened_on", "'2026-01-01'", "登记日期与办案记录不一致"),
        ("entered_state_on", "'2026-01-01'", "进入环节的日期与办案记录不一致"),
        ("last_on", "'2026-01-01'", "最近办理日期与办案记录不一致"), ("parent", "'乙'", "主案与办案记录不一致(案件记为“乙”, 按记录应为“无”)"),
        ("relation", "'x'", "与主案的关系与办案记录不一致"), ("party", "NULL", "当事人与办案记录不一致(内容不同)"),
        ("acts", "'{}'", "已办环节与办案记录不一致(登记、制作笔录、提出处理意见、作出决定)"),
        ("acted", "'{}'", "经办人员与办案记录不一致(承办人、机关负责人)"), ("clocks", "'{}'", "期限与办案记录不一致(办案期限、履行期限)"),
        ("flags", "'{\"suspended\":[]}'", "情形与办案记录不一致(中止)"),
        ("papers", "'[]'", "案卷文书与办案记录不一致(调查笔录、处理意见、处理决定书)"),
        ("papers", "replace(papers, '5000000', '500')", "案卷文书与办案记录不一致(处理决定书)"),
        ("party_key", "'uscc:1'", "查找用的当事人编号与当事人不一致"), ("procedure", "'test.duty'", "查找用的流程编号与流程版本不一致"),
        ("papers", "''", "数据库中案件甲的记录已损坏"), ("papers", "replace(papers, '\"on\"', 'on')", "数据库中文书“note”的记录已损坏"),
    ],
)  # fmt: skip
def test_what_was_forged_in_a_case_is_named(
    store: SqliteStore, path: Path, tmp_path: Path, column: str, value: str, expected: str
) -> None:
    with_attachments(store, tmp_path)

    forged(path, f"UPDATE case_file SET {column} = {value} WHERE id = '甲'")

    assert expected in problems(store)


@pytest.mark.parametrize("kind", ["decision", "unknown"])
def test_a_side_case_with_a_document_that_the_main_case_never_held_is_named(
    tmp_path: Path, kind: str
) -> None:
    store = MemoryStore()
    register(store)
    with_attachments(store, tmp_path)
    with store.read() as work:
        [child] = work.children("甲")
        [first] = work.steps(child.id)
    paper = replace(first.papers[0], kind=kind, fields={"number": "假1号"})
    paper = replace(paper, digest=paper_digest(paper))
    step = sealed(replace(first, case="甲.publication.9", papers=(paper,)), "")
    case = replace(child, id="甲.publication.9", head=step.digest, papers={kind: (paper,)})

    with store.write() as work:
        work.add(Opened(case, step))

    name = {"decision": "处理决定书"}.get(kind, kind)
    assert f"案件甲.publication.9: 由主案带来的《{name}》, 主案甲没有这一份" in problems(store)


def test_a_report_does_not_say_who_a_party_is(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    with_attachments(store, tmp_path)

    forged(path, "UPDATE case_file SET party = replace(party, '某公司', '另公司') WHERE id = '甲'")

    assert problems(store) == "案件甲: 当事人与办案记录不一致(内容不同)"


def test_every_part_of_a_case_has_a_name_in_the_report() -> None:
    assert {*PARTS, "id"} == set(Case.__dataclass_fields__)


def test_a_missing_or_altered_attachment_is_named_with_every_case_that_needs_it(
    store: SqliteStore, tmp_path: Path
) -> None:
    scan, first, second = with_attachments(store, tmp_path)
    missing, altered = store.attachment(first), store.attachment(second)
    assert missing is not None
    assert altered is not None

    missing.unlink()
    altered.chmod(0o600)
    altered.write_bytes(b"forged")

    assert set(problems(store).split("\n")) == {
        f"案件甲: 附件{first[:12]}不在附件文件夹中",
        f"案件甲: 附件{second[:12]}的内容与摘要不符",
    }
    assert scan[:12] not in problems(store)


def test_a_case_whose_flow_is_gone_is_named_and_the_others_are_looked_through(
    store: SqliteStore, tmp_path: Path
) -> None:
    with_attachments(store, tmp_path)
    empty = FlowFolder(tmp_path, {}, StatuteIndex([]))

    found = list(verify(store, empty, law()))

    assert [(one.case, one.steps, len(one.problems)) for one in found] == [
        ("甲", 4, 1),
        ("甲.publication.3", 1, 1),
        ("", 0, 0),
    ]


def test_a_document_kind_that_the_flow_does_not_know_holds_no_attachments() -> None:
    store = MemoryStore()
    register(store)
    case = opened(desk_on(store), id_="甲")
    with store.read() as work:
        [step] = work.steps("甲")
    paper = done(desk_on(store), "甲", "take_note", {"note": [{"content": "一"}]}).case.papers["note"][0]
    strange = replace(step, case="乙", papers=(replace(paper, kind="x", seq=0),))
    with store.write() as work:
        work.add(Opened(replace(case, id="乙"), strange))

    found = {one.case: one for one in verify(store, folder(), law())}

    assert found["乙"].attachments == 0
    assert found["乙"].problems


def test_a_broken_chain_under_a_flow_that_is_gone_is_named_all_the_same(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    with_attachments(store, tmp_path)
    forged(path, 'UPDATE case_document SET fields = \'{"content":"改"}\' WHERE seq = 1')

    found = [
        problem
        for one in verify(store, FlowFolder(tmp_path, {}, StatuteIndex([])), law())
        for problem in one.problems
    ]

    assert "案件甲第1步: 文书“note”的内容与摘要不符" in found


# what belongs to no case -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE officer SET content = replace(content, '调查岗', '决定岗')", "执法人员名册: li的现行登记与最后一条变动记录不一致"),
        ("UPDATE officer SET content = '{' WHERE id = 'li'", "执法人员名册: li的现行登记与最后一条变动记录不一致"),
        ("UPDATE officer SET agency = 'city' WHERE id = 'zhang'", "执法人员名册: zhang的现行登记与最后一条变动记录不一致"),
        ("UPDATE officer SET name = '李四' WHERE id = 'li'", "执法人员名册: li的现行登记与最后一条变动记录不一致"),
        ("DELETE FROM officer WHERE id = 'clerk'", "执法人员名册: clerk有变动记录, 而没有现行登记"),
        ("UPDATE officer SET id = 'x' WHERE id = 'clerk'", "执法人员名册: x没有变动记录"),
        ("UPDATE agency SET content = replace(content, '河南省', '河北省')", "执法机关名册: bureau的现行登记与最后一条变动记录不一致"),
        ("UPDATE registration SET content = '{}' WHERE id = 'li'", "执法人员名册变动记录第2条(li): 内容与摘要不符"),
        ("UPDATE registration SET recorder = '' WHERE id = 'li'", "执法人员名册变动记录第2条(li): 内容与摘要不符"),
        ("UPDATE registration SET entered_at = '2020-01-01' WHERE id = 'li'", "第2条(li): 内容与摘要不符"),
        ("UPDATE registration SET entered_at = 'x' WHERE id = 'li'", "数据库中执法人员名册变动记录第2条已损坏, 不能读取"),
        ("UPDATE registration SET content = '{' WHERE id = 'li'", "数据库中执法人员名册变动记录第2条已损坏, 不能读取"),
        ("UPDATE registration SET content = '5' WHERE id = 'city'", "数据库中执法机关名册变动记录第2条已损坏, 不能读取"),
        ("DELETE FROM registration WHERE id = 'li'", "执法人员名册变动记录第3条(head): 缺少第2条"),
        ("DELETE FROM registration WHERE id = 'clerk'", "执法人员名册: clerk没有变动记录"),
        ("DELETE FROM registration", "执法机关名册: bureau没有变动记录"),
    ],
)  # fmt: skip
def test_what_was_forged_in_a_register_is_named(
    store: SqliteStore, path: Path, statement: str, expected: str
) -> None:
    before = problems(store)

    forged(path, statement)

    assert before == ""
    assert expected in problems(store)


def test_a_damaged_register_is_named_once(store: SqliteStore, path: Path) -> None:
    forged(path, "UPDATE registration SET content = '{' WHERE id = 'bureau'")

    assert problems(store) == "数据库中执法机关名册变动记录第1条已损坏, 不能读取"


@pytest.mark.parametrize(("deleted", "missing"), [((1,), "0001"), ((2, 3), "0002、bureau-2026-0003")])
def test_a_case_that_was_deleted_with_everything_leaves_a_gap_in_the_numbers(
    store: SqliteStore, path: Path, deleted: tuple[int, ...], missing: str
) -> None:
    for _ in range(3):
        opened(desk_on(store))
    before = problems(store)

    gone = [f"DELETE FROM {table} WHERE case_id LIKE '%000{one}'" for one in deleted for table in TABLES]
    forged(path, *gone, *(f"DELETE FROM case_file WHERE id LIKE '%000{one}'" for one in deleted))

    assert before == ""
    assert problems(store) == f"案件编号不连续: 已用到bureau-2026-0003, 库中没有bureau-2026-{missing}"


TABLES = ("running_clock", "case_document", "case_step")


def test_a_case_with_a_number_of_its_own_leaves_no_gap(store: SqliteStore) -> None:
    opened(desk_on(store), id_="甲")
    opened(desk_on(store))

    assert problems(store) == ""


@pytest.mark.parametrize("make", [MemoryStore, None])
def test_an_attachment_that_no_document_refers_to_is_noticed(
    make: Callable[[], Store] | None, store: SqliteStore, tmp_path: Path
) -> None:
    held = make() if make else store
    register(held)
    with_attachments(held, tmp_path)
    scan = tmp_path / "stray.pdf"
    scan.write_bytes(b"stray")

    stray = held.keep(scan)

    found = list(verify(held, folder(), law()))
    assert problems(held) == ""
    assert [notice for one in found for notice in one.notices] == [
        f"附件文件夹中有1个附件没有文书引用({stray[:12]}), 一般是没有办成的环节留下的"
    ]


# what a register said of the day of an act only later ------------------------------------------------------


LATE = "案件甲: 第1步(2026-03-02)是补录的, 办理之后、录入之前名册登记有变动: "


def entered_late(store: Store, changed: date | None) -> tuple[str, ...]:
    """The notices of a case whose note of the 2nd was entered on the 9th; an officer's posts changed on a day."""
    with store.write() as work:
        for officer in OFFICERS:
            work.put_officer(replace(officer, unit="法规科"), ENTERED)
    opened(desk_on(store, date(2026, 3, 2)), id_="甲")
    if changed:
        moment = datetime(changed.year, changed.month, changed.day, 1, tzinfo=UTC)
        with store.write() as work:
            work.put_officer(replace(OFFICERS[1], unit="执法科"), Entered(moment))
            work.put_officer(replace(OFFICERS[3], unit="执法科"), Entered(moment))
    desk_on(store, date(2026, 3, 9)).do(
        "甲", "take_note", on=date(2026, 3, 2), by=["zhang", "li"], documents=NOTE, late_reason="下乡"
    )
    return tuple(notice for one in verify(store, folder(), law()) for notice in one.notices)


@pytest.mark.parametrize("day", [3, 9])
def test_a_register_that_changed_between_an_act_and_its_entry_is_noticed(
    store: SqliteStore, day: int
) -> None:
    assert entered_late(store, date(2026, 3, day)) == (f"{LATE}li(执法人员名册第9条, 2026-03-0{day})",)


@pytest.mark.parametrize("changed", [None, date(2026, 3, 2), date(2026, 3, 10)])
def test_a_register_that_changed_before_the_act_or_after_its_entry_is_not(
    store: SqliteStore, changed: date | None
) -> None:
    assert entered_late(store, changed) == ()


def test_an_agency_that_changed_between_an_act_and_its_entry_is_noticed(store: SqliteStore) -> None:
    opened(desk_on(store, date(2026, 3, 2)), id_="甲")
    with store.write() as work:
        work.put_agency(replace(BUREAU, sector="税务"), Entered(datetime(2026, 3, 5, tzinfo=UTC)))
    done_late = desk_on(store, date(2026, 3, 9)).do
    done_late("甲", "take_note", on=date(2026, 3, 2), by=["zhang", "li"], documents=NOTE, late_reason="下乡")

    found = [notice for one in verify(store, folder(), law()) for notice in one.notices]

    assert found == [f"{LATE}bureau(执法机关名册第3条, 2026-03-05)"]


def test_what_the_law_brought_about_by_itself_is_no_late_entry(store: SqliteStore) -> None:
    case = opened(desk_on(store, date(2026, 3, 2)), id_="甲")
    with store.write() as work:
        work.put_agency(replace(BUREAU, sector="税务"), Entered(datetime(2026, 3, 5, tzinfo=UTC)))
        [step] = work.steps("甲")
    late = replace(step, entered_at=datetime(2026, 3, 9, tzinfo=UTC))
    inventory = Inventory.taken(store)

    assert list(inventory.entered_after_the_act(case, [replace(late, by=())])) == []
    assert len(list(inventory.entered_after_the_act(case, [late]))) == 1


def test_a_step_entered_on_its_day_is_none_of_these(store: SqliteStore) -> None:
    opened(desk_on(store, date(2026, 3, 2)), id_="甲")
    with store.write() as work:
        work.put_officer(replace(OFFICERS[1], unit="执法科"), Entered(datetime(2026, 3, 9, tzinfo=UTC)))
    done(desk_on(store, date(2026, 3, 9)), "甲", "take_note", NOTE)

    assert [notice for one in verify(store, folder(), law()) for notice in one.notices] == []


def test_a_store_whose_protection_was_taken_away_is_found_out(store: SqliteStore, path: Path) -> None:
    opened(desk_on(store), id_="甲")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER case_step_not_deleted")
    connection.close()

    assert problems(store) == "库中只许追加的保护缺少1项, 有人直接改过数据库的结构"
