"""The SQLite store where it meets the world: other programs, full disks, killed processes, many hands, forgers."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from tests.small import MAJOR, NOTE, OFFICERS, REF, ROOT, decided, desk_on, done, folder, opened, register
from zhifa_flow.adapters.storage import faults, lists, soundness
from zhifa_flow.adapters.storage import statements as sql
from zhifa_flow.adapters.storage.faults import said
from zhifa_flow.adapters.storage.registers import BEFORE, HELD, LAST, LAST_OF, REGISTRATIONS, REGISTRATIONS_OF
from zhifa_flow.adapters.storage.rows import SCHEMA_VERSION, CaseRow, MetaRow, Row, StepRow
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.casework.ports import Page
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.register import broken_register
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import CaseChanged, InputError, StoreError
from zhifa_flow.model.register import Register

DAY = date(2026, 3, 2)


def by_hand(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    """What somebody with a database tool can do; answers the rows of the last statement."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        rows: list[tuple[Any, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def whole(store: SqliteStore, case: str) -> Case:
    """The case, once its chain and its replay have been found whole."""
    with store.read() as work:
        steps, found = work.steps(case), work.case(case)
    assert found is not None
    assert broken_links(steps) == []
    assert replay(folder().compiled(found.flow).flow, steps) == found
    return found


# opening ---------------------------------------------------------------------------------------------------


def test_a_store_that_is_opened_again_holds_what_was_put_in(path: Path) -> None:
    first = SqliteStore(path)
    register(first)
    case = decided(desk_on(first))
    first.close()

    again = SqliteStore(path, create=False)

    assert whole(again, case.id) == case
    again.close()


def test_the_pragmas_that_keep_steps_are_set_on_every_connection(store: SqliteStore) -> None:
    for connection in (store.connections.take(), store.connections.take()):
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        said = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]

        assert said == ["wal", 2, 1, 10_000]
        connection.close()


def test_a_store_of_a_newer_program_is_refused_and_left_alone(store: SqliteStore, path: Path) -> None:
    store.close()
    by_hand(path, f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE key = 'schema_version'")
    before = path.read_bytes()

    with pytest.raises(StoreError, match=f"较新版本的程序.*第{SCHEMA_VERSION + 1}版.*升级"):
        SqliteStore(path)

    assert path.read_bytes() == before


KNOWN = {"kind": "法人", "name": "某公司", "address": "某市某路1号", "code": "91000000000000000K"}


def made_before_parties_were_looked_up(store: SqliteStore, path: Path) -> list[Case]:
    """A store of version 1 with three cases: of a known party, of one with a masked code, of none."""
    masked = {**KNOWN, "code": "9100000000000000**"}
    cases = [
        desk_on(store).open(flow="test.small", agency="bureau", title="某案", party=party, on=DAY, by=["zhang"]).case
        for party in (KNOWN, masked, None)
    ]  # fmt: skip
    store.close()
    by_hand(
        path, "DROP INDEX case_of_party", "ALTER TABLE case_file DROP COLUMN party_key",
        "ALTER TABLE case_file DROP COLUMN flow_digest", "ALTER TABLE running_clock DROP COLUMN paused",
        "ALTER TABLE case_document DROP COLUMN origin", "DROP TABLE registration", "UPDATE meta SET value = '1'",
    )  # fmt: skip
    return cases


def test_a_store_of_an_older_program_is_brought_up_to_date(store: SqliteStore, path: Path) -> None:
    cases = made_before_parties_were_looked_up(store, path)

    again = SqliteStore(path)

    with again.read() as work:
        assert work.cases_of("uscc:91000000000000000K") == [cases[0]]
    done(desk_on(again), cases[1].id, "take_note", NOTE)
    assert [whole(again, case.id).party for case in cases] == [case.party for case in cases]
    assert by_hand(path, "SELECT value FROM meta") == [(str(SCHEMA_VERSION),)]
    assert by_hand(path, "SELECT party_key FROM case_file ORDER BY no") == [
        ("uscc:91000000000000000K",),
        (None,),
        (None,),
    ]
    with again.read() as work:
        history = {register: work.registrations(register) for register in Register}
        assert [one.content for one in history[Register.OFFICER]] == [
            officer.to_raw() for officer in sorted(OFFICERS, key=lambda officer: officer.id)
        ]
        assert [one.id for one in history[Register.AGENCY]] == ["bureau", "city"]
        assert {one.recorder for made in history.values() for one in made} == {BEFORE}
        assert [list(broken_register(made)) for made in history.values()] == [[] for _ in Register]
        assert list(work.faults()) == []
    again.close()
    new = path.with_name("new.db")
    SqliteStore(new).close()
    names = "SELECT type, name FROM sqlite_master ORDER BY name"
    assert by_hand(path, names) == by_hand(new, names)


def test_documents_of_an_older_program_are_read_as_they_were_made(store: SqliteStore, path: Path) -> None:
    case = decided(desk_on(store))
    store.close()
    by_hand(
        path, "ALTER TABLE case_document DROP COLUMN origin", "UPDATE meta SET value = '3'",
        "UPDATE case_file SET papers = replace(papers, ',\"origin\":\"\"', '')",
    )  # fmt: skip

    again = SqliteStore(path)

    with again.read() as work:
        assert whole(again, case.id) == case
        assert {paper.origin for step in work.steps(case.id) for paper in step.papers} == {""}
        assert broken_links(work.steps(case.id)) == []
    assert by_hand(path, "SELECT papers FROM case_file WHERE papers LIKE '%origin%'") == []
    again.close()


@pytest.mark.parametrize("content", ["{", "5"])
def test_a_register_that_cannot_be_read_is_not_taken_into_its_history(
    store: SqliteStore, path: Path, content: str
) -> None:
    made_before_parties_were_looked_up(store, path)
    by_hand(path, f"UPDATE officer SET content = '{content}' WHERE id = 'li'")

    with pytest.raises(StoreError, match="执法人员名册中li的登记已损坏"):
        SqliteStore(path)

    assert by_hand(path, "SELECT value FROM meta") == [("1",)]
    assert by_hand(path, "SELECT name FROM sqlite_master WHERE name = 'registration'") == []


def test_a_store_that_cannot_be_brought_up_to_date_is_left_alone(store: SqliteStore, path: Path) -> None:
    cases = made_before_parties_were_looked_up(store, path)
    by_hand(path, "UPDATE case_file SET party = '{' WHERE no = 2")

    with pytest.raises(StoreError, match=f"案件{cases[1].id}的记录已损坏"):
        SqliteStore(path)

    assert by_hand(path, "SELECT value FROM meta") == [("1",)]
    assert "party_key" not in [row[1] for row in by_hand(path, "PRAGMA table_info(case_file)")]


@pytest.mark.parametrize("value", ["", "0", "x"])
def test_a_store_without_a_version_is_refused(store: SqliteStore, path: Path, value: str) -> None:
    store.close()
    by_hand(path, f"UPDATE meta SET value = '{value}'")

    with pytest.raises(StoreError, match="没有写明结构版本"):
        SqliteStore(path)


def test_the_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    by_hand(path, "CREATE TABLE meta (key, value)", "CREATE TABLE bookmarks (url)")

    with pytest.raises(StoreError, match="不是执法案件库"):
        SqliteStore(path)

    names = by_hand(path, "SELECT name FROM sqlite_master")
    assert names == [("meta",), ("bookmarks",)]


@pytest.mark.parametrize("content", ["这不是数据库\n" * 500, "%PDF-1.7" + "x" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")

    with pytest.raises(StoreError, match="不是数据库文件"):
        SqliteStore(path)

    assert path.read_text(encoding="utf-8") == content


def test_a_database_cut_off_in_the_middle_is_called_damaged(store: SqliteStore, path: Path) -> None:
    case = decided(desk_on(store))
    store.close()
    path.write_bytes(path.read_bytes()[:8192] + b"\xff" * 4096)

    with pytest.raises(StoreError, match=r"已损坏.*备份|不是数据库"):
        _read_whole(path, case.id)


def _read_whole(path: Path, case: str) -> None:
    with closing(SqliteStore(path)) as store, store.read() as work:
        work.case(case)
        work.steps(case)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"文件夹 .*无此文件夹 不存在"):
        SqliteStore(tmp_path / "无此文件夹" / "cases.db")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="是一个文件夹"):
        SqliteStore(tmp_path)


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 300])
def test_a_name_that_no_file_can_bear_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="不能打开"):
        SqliteStore(tmp_path / name)


def test_a_file_that_should_be_there_is_not_made(path: Path) -> None:
    with pytest.raises(StoreError, match="没有数据库文件"):
        SqliteStore(path, create=False)

    assert not path.exists()


def test_many_processes_may_open_a_new_store_at_once(path: Path) -> None:
    code = "import sys; from pathlib import Path; from zhifa_flow.adapters.storage.sqlite import SqliteStore;"
    code += "sys.stdin.read(1); SqliteStore(Path(sys.argv[1])).close()"

    every = [_python(code, str(path), stdin=subprocess.PIPE) for _ in range(6)]
    said = _all_at_once(every)

    assert said == [""] * 6


def _all_at_once(processes: list[subprocess.Popen[str]]) -> list[str]:
    """Let all of them go on, each of which waits for a letter, and answer what they said."""
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("x")
        one.stdin.flush()
    return [one.communicate()[0] for one in processes]


def _python(code: str, *arguments: str, **how: Any) -> subprocess.Popen[str]:
    started: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, text=True, encoding="utf-8", env=_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how,
    )  # fmt: skip
    return started


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


# no room, no rights, no turn -------------------------------------------------------------------------------


def test_a_full_disk_undoes_the_step_and_says_so(store: SqliteStore, path: Path) -> None:
    desk = desk_on(store)
    case = opened(desk)
    store.close()
    [(pages,)] = by_hand(path, "PRAGMA page_count")
    small = store.connections.take()
    small.execute(f"PRAGMA max_page_count = {pages + 2}")
    store.connections.give_back(small)

    with pytest.raises(StoreError, match=r"磁盘已满.*没有保存"):
        done(desk, case.id, "take_note", {"note": [{"content": "长" * 19_000}] * 3})

    assert whole(store, case.id) == case
    done(desk, case.id, "take_note", {"note": [{"content": "短"}]})
    assert whole(store, case.id).revision == 1


def test_a_store_that_somebody_holds_too_long_is_called_busy(path: Path) -> None:
    store = SqliteStore(path, patience=0.05)
    register(store)
    case = opened(desk_on(store))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match=r"正被其他程序占用.*没有保存"):
        done(desk_on(store), case.id, "take_note", NOTE)
    assert whole(store, case.id) == case
    other.execute("ROLLBACK")
    other.close()

    assert done(desk_on(store), case.id, "take_note", NOTE).case.revision == 1
    store.close()


def test_a_thread_that_does_not_get_its_turn_is_told_so(path: Path) -> None:
    store = SqliteStore(path, patience=0.05)
    began, goes_on = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            began.set()
            goes_on.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    began.wait()
    with pytest.raises(StoreError, match="正忙"), store.write():
        pass
    goes_on.set()
    thread.join()

    with store.write() as work:
        assert work.number("a") == 1
    store.close()


TRY_A_STEP = """
import os, sys
from pathlib import Path
from tests.small import *
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.model.errors import StoreError
folder().compiled(REF), folder().compiled("test.duty@2024-01-01"), law()
if hasattr(os, "geteuid") and os.geteuid() == 0:  # permissions do not bind root: become nobody
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    store = SqliteStore(Path(sys.argv[1]) / "cases.db")
    done(desk_on(store), "甲", "take_note", NOTE)
    print("DONE")
except StoreError as error:
    print("REFUSED", error)
"""


@pytest.fixture
def open_folder(path: Path) -> Iterator[Path]:
    """A folder that a stranger can reach, with a store in it that he may use."""
    place = Path(tempfile.mkdtemp())
    store = SqliteStore(place / "cases.db")
    register(store)
    opened(desk_on(store), id_="甲")
    store.close()
    place.chmod(0o777)
    (place / "cases.db").chmod(0o666)
    yield place
    place.chmod(0o777)
    shutil.rmtree(place)


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows know no such permissions")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "expected"),
    [
        (0o777, 0o666, "DONE"), (0o777, 0o444, "REFUSED .*只读"), (0o555, 0o666, "REFUSED .*(只读|不能打开)"),
        (0o555, 0o444, "REFUSED .*(只读|不能打开)"), (0o777, 0o000, "REFUSED .*不能打开"),
    ],
)  # fmt: skip
def test_a_store_that_may_not_be_written_is_refused_unharmed(
    open_folder: Path, folder_mode: int, file_mode: int, expected: str
) -> None:
    (open_folder / "cases.db").chmod(file_mode)
    open_folder.chmod(folder_mode)

    said = _python(TRY_A_STEP, str(open_folder)).communicate()[0]

    open_folder.chmod(0o777)
    (open_folder / "cases.db").chmod(0o666)
    store = SqliteStore(open_folder / "cases.db")
    revision = whole(store, "甲").revision
    store.close()
    assert re.match(expected, said), said
    assert revision == (1 if expected == "DONE" else 0)


READ_A_CASE = """
import os, sys
from pathlib import Path
from tests.small import *
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.model.errors import StoreError
folder().compiled(REF), law()
if hasattr(os, "geteuid") and os.geteuid() == 0:  # permissions do not bind root: become nobody
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    store = SqliteStore(Path(sys.argv[1]) / "cases.db")
    print("READ", desk_on(store).view("甲").case.id)
except StoreError as error:
    print("REFUSED", error)
"""


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows know no such permissions")
@pytest.mark.parametrize(
    ("log", "expected"), [(b"", "READ 甲"), (b"changes", "REFUSED .*cases.db-wal 里还有没有并入的")]
)
def test_a_store_where_nothing_can_be_written_is_read_unless_changes_lie_beside_it(
    open_folder: Path, log: bytes, expected: str
) -> None:  # fmt: skip
    if log:
        (open_folder / "cases.db-wal").write_bytes(log)
    (open_folder / "cases.db").chmod(0o444)
    open_folder.chmod(0o555)

    answer = _python(READ_A_CASE, str(open_folder)).communicate()[0]

    assert re.match(expected, answer), answer


@pytest.mark.parametrize("code", ["SQLITE_CANTOPEN", "SQLITE_IOERR_SHMSIZE"])
def test_a_disk_without_room_is_called_full(path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorname = code
    enough = str(said(path, fault, saving=False))

    monkeypatch.setattr(faults, "ROOM", 1 << 62)

    assert "磁盘已满" in str(said(path, fault, saving=False))
    assert "磁盘已满" not in enough


# text that cannot be kept ----------------------------------------------------------------------------------


def test_text_that_is_not_unicode_is_refused_as_input(store: SqliteStore) -> None:
    with pytest.raises(InputError, match="不能保存的字符"), store.read() as work:
        work.case("\udcff")


def test_a_work_is_of_no_use_after_its_block(store: SqliteStore) -> None:
    with store.write() as work:
        work.number("a")

    with pytest.raises(RuntimeError, match="over"):
        work.number("a")


# history only grows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "key"), [("case_step", "seq"), ("case_document", "seq"), ("registration", "number")]
)
@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE {table} SET digest = 'x' WHERE {key} = 1",
        "UPDATE {table} SET {key} = {key}",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
        "INSERT INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    ],
)
def test_what_only_grows_cannot_be_changed_or_deleted(
    store: SqliteStore, path: Path, table: str, key: str, edit: str
) -> None:
    case = decided(desk_on(store))

    with pytest.raises(sqlite3.IntegrityError, match="只能追加"):
        by_hand(path, edit.format(table=table, key=key))

    assert whole(store, case.id) == case


def test_documents_belong_to_a_step_and_steps_to_a_case(store: SqliteStore) -> None:
    connection = store.connections.take()
    for table in ("case_step", "case_document", "running_clock"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        marks = ", ".join("?" * len(columns))

        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", ["0"] * len(columns))
    connection.close()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("case_step", "act", "decide"), ("case_step", "source", "decided"), ("case_step", "target", "closed"),
        ("case_step", "on_day", "2026-03-01"), ("case_step", "entered_at", "2026-03-01 00:00:00.000000"),
        ("case_step", "made_by", '["head"]'), ("case_step", "role", "head"), ("case_step", "recorder", "head"),
        ("case_step", "late_reason", "x"), ("case_step", "content", "{}"), ("case_step", "previous", "0"),
        ("case_step", "digest", "0"), ("case_document", "kind", "note"), ("case_document", "on_day", "2026-03-01"),
        ("case_document", "made_by", '["head"]'), ("case_document", "digest", "0"),
        ("case_document", "fields", "{}"), ("case_document", "bound", '{"note":"0"}'),
    ],
)  # fmt: skip
def test_a_forged_column_breaks_the_chain(
    store: SqliteStore, path: Path, table: str, column: str, value: str
) -> None:
    case = decided(desk_on(store))

    by_hand(
        path, f"DROP TRIGGER {table}_not_changed", f"UPDATE {table} SET {column} = '{value}' WHERE seq = 4"
    )

    with store.read() as work:
        assert broken_links(work.steps(case.id)) != []


@pytest.mark.parametrize("where", ["seq = 3", "seq = 4", "seq = 1 AND place = 1"])
def test_a_deleted_row_breaks_the_chain(store: SqliteStore, path: Path, where: str) -> None:
    case = decided(desk_on(store))

    by_hand(path, "DROP TRIGGER case_document_not_deleted", f"DELETE FROM case_document WHERE {where}")
    if "place" not in where:
        by_hand(path, "DROP TRIGGER case_step_not_deleted", f"DELETE FROM case_step WHERE {where}")

    with store.read() as work:
        assert broken_links(work.steps(case.id)) != []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("case_file", "papers"), ("case_file", "acts"), ("case_file", "clocks"), ("case_file", "last_on"),
        ("case_step", "content"), ("case_step", "on_day"), ("case_step", "entered_at"), ("case_document", "fields"),
        ("officer", "content"), ("agency", "content"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["", "{", '{"x": 1', "null", "[5]"])
def test_a_record_that_makes_no_sense_is_named_without_a_traceback(
    store: SqliteStore, path: Path, table: str, column: str, value: str
) -> None:
    case = decided(desk_on(store))
    triggers = [] if table[:5] != "case_" or table == "case_file" else [f"DROP TRIGGER {table}_not_changed"]
    by_hand(path, *triggers, f"UPDATE {table} SET {column} = '{value}'")

    with pytest.raises(StoreError, match="已损坏, 不能读取; 请用 zhifa verify"):
        _look_at_everything(store, case.id)


@pytest.mark.parametrize("column", ["papers", "acts"])
def test_a_damaged_case_among_those_of_a_party_is_named_where_it_is_looked_at(
    store: SqliteStore, path: Path, column: str
) -> None:
    desk = desk_on(store)
    opened = desk.open(flow="test.small", agency="bureau", title="某案", party=KNOWN, on=DAY, by=["zhang"])
    by_hand(path, f"UPDATE case_file SET {column} = '{{'")

    with pytest.raises(StoreError, match=f"案件{opened.case.id}的记录已损坏"), store.read() as work:
        _look_at_acts(work.cases_of("uscc:91000000000000000K"))


def _look_at_acts(cases: Sequence[Case]) -> None:
    assert [case.acts for case in cases]


def test_the_cases_of_a_party_are_used_like_any_other(store: SqliteStore) -> None:
    desk = desk_on(store)
    case = desk.open(flow="test.small", agency="bureau", title="某案", party=KNOWN, on=DAY, by=["zhang"]).case

    with store.read() as work:
        something_else: object = case.id
        [first], [second] = work.cases_of(case.party.key), work.cases_of(case.party.key)  # type: ignore[union-attr, arg-type]

    assert first == second == case
    assert case == first
    assert replace(first, state="x") == replace(case, state="x")
    assert first != replace(case, state="x")
    assert first != something_else
    assert (first.revision, first.paper("note")) == (0, None)
    with pytest.raises(AttributeError):
        getattr(first, "sate")  # noqa: B009 - a name that no case has


def _look_at_everything(store: SqliteStore, id_: str) -> None:
    with store.read() as work:
        case = work.case(id_)
        assert case is not None
        for papers in case.papers.values():
            for paper in papers:
                assert paper.fields
        work.steps(id_)
        work.agencies()
        work.officers_of("bureau")


# killed in the middle --------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.small import *
from zhifa_flow.adapters.storage.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
dies_at, seen = int(sys.argv[2]), []
def trace(statement):
    seen.append(statement.split()[0])
    if len(seen) == dies_at:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
connection = store.connections.take()
connection.set_trace_callback(trace)
store.connections.give_back(connection)
done(desk_on(store), "甲", "decide", DECISION)
print(*seen, flush=True)
os._exit(0)
"""


def _ready_to_decide(path: Path) -> Case:
    store = SqliteStore(path)
    register(store)
    desk = desk_on(store)
    opened(desk, id_="甲")
    done(desk, "甲", "take_note", NOTE)
    case = done(desk, "甲", "propose", MAJOR).case
    store.close()
    return case


def _killed_at(path: Path, statement: int) -> tuple[int, list[str]]:
    process = _python(KILLED, str(path), str(statement))
    said = process.communicate()[0]
    return process.returncode, said.split()


def test_a_process_killed_in_the_middle_of_a_step_leaves_it_undone_or_done_whole(tmp_path: Path) -> None:
    first = tmp_path / "0.db"
    before = _ready_to_decide(first)
    template = first.read_bytes()
    code, statements = _killed_at(first, 0)
    writes = [
        place for place, word in enumerate(statements, 1) if word in ("UPDATE", "INSERT", "DELETE", "COMMIT")
    ]
    assert code == 0
    assert statements[-1] == "COMMIT"
    assert len(writes) > 8

    outcomes = {}
    for place in [1, *writes]:
        path = tmp_path / f"{place}.db"
        path.write_bytes(template)
        code, _ = _killed_at(path, place)
        assert code != 0
        store = SqliteStore(path)
        outcomes[place] = whole(store, "甲")
        with store.read() as work:
            assert [len(work.children("甲")), len(work.due(Page()))] == [0, 1]
        store.close()

    # Killed before COMMIT is carried out, the step has not happened; where nobody was killed it has, whole.
    assert all(case == before for case in outcomes.values())
    store = SqliteStore(first)
    assert whole(store, "甲").state == "decided"
    with store.read() as work:
        assert [len(work.children("甲")), len(work.due(Page()))] == [1, 2]
    store.close()


def test_a_step_that_was_answered_outlives_the_process(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    _ready_to_decide(path)

    code, _ = _killed_at(path, 0)  # ends by os._exit, so nothing was closed in order

    assert code == 0
    store = SqliteStore(path)
    assert whole(store, "甲").state == "decided"
    store.close()


# many hands ------------------------------------------------------------------------------------------------


def test_of_many_threads_at_one_case_one_moves_it(store: SqliteStore) -> None:
    case = opened(desk_on(store))
    outcomes: list[object] = []
    gate = threading.Barrier(8)

    def clerk() -> None:
        desk = desk_on(store)
        gate.wait()
        try:
            outcomes.append(desk.do(case.id, "take_note", by=["zhang", "li"], documents=NOTE, revision=0))
        except CaseChanged as changed:
            outcomes.append(changed)

    threads = [threading.Thread(target=clerk) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 8
    assert sum(isinstance(one, CaseChanged) for one in outcomes) == 7
    assert whole(store, case.id).revision == 1


CLERK = """
import os, sys, time
from pathlib import Path
from tests.small import *
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.model.errors import CaseChanged
store = SqliteStore(Path(sys.argv[1]))
desk = desk_on(store)
with store.read() as work:
    seen = work.case("甲").revision
sys.stdin.read(1)
moved = lost = 0
for number in range(60):
    note = {"note": [{"content": f"{os.getpid()}: {number}"}]}
    try:
        seen = desk.do("甲", "take_note", by=["zhang", "li"], documents=note, revision=seen).case.revision
        moved += 1
    except CaseChanged:
        lost += 1
        with store.read() as work:
            seen = work.case("甲").revision
    desk.open(flow=FLOW, agency="bureau", title="案", party=PARTY, on=desk.today, by=["zhang"])
    time.sleep(0.002)  # the database gives nobody a turn who has just had one, unless the other is asleep
print(moved, lost)
"""


def test_two_processes_at_one_case_lose_no_step_and_fork_no_chain(store: SqliteStore, path: Path) -> None:
    opened(desk_on(store), id_="甲")

    clerks = [_python(CLERK, str(path), stdin=subprocess.PIPE) for _ in range(2)]
    said = _all_at_once(clerks)

    moved = [int(text.split()[0]) for text in said]
    lost = [int(text.split()[1]) for text in said]
    assert [moved[0] + lost[0], moved[1] + lost[1]] == [60, 60]
    assert min(moved) > 0
    assert sum(lost) > 0
    assert whole(store, "甲").revision == sum(moved)
    with store.read() as work:
        numbers = [line.id for line in work.cases(Page(1000), text="bureau-2026-")]
    assert numbers == [f"bureau-2026-{number:04d}" for number in range(1, 121)]


def test_a_reader_sees_one_moment_while_others_write(store: SqliteStore) -> None:
    case = opened(desk_on(store))
    with store.read() as work:
        before = work.case(case.id)

        done(desk_on(store), case.id, "take_note", NOTE)

        assert work.case(case.id) == before
        assert len(work.steps(case.id)) == 1
    assert whole(store, case.id).revision == 1


# plans -----------------------------------------------------------------------------------------------------

EVERY_LIST = [
    lists._IDS, lists.WAITING, lists.SHEETS, lists.due_statement(of_agency=True), lists.due_statement(of_agency=False),
    lists.running_statement(of_agency=True), lists.running_statement(of_agency=False),
    *(lists.cases_statement(asked) for asked in (
        (), ("agency",), ("procedure",), ("ended",), ("agency", "ended"), ("agency", "procedure", "ended"), ("agency", "text"),
    )),
    sql.CASE_BY_ID, sql.CHILDREN, sql.CASES_OF, sql.STEPS, sql.DOCUMENTS, sql.AGENCY_BY_ID, sql.OFFICERS_OF, sql.officers_by_id(3),
    sql.officers_by_name(2), sql.MOVE_CASE, sql.DROP_CLOCK, sql.COUNTED, *HELD.values(), LAST, LAST_OF,
    REGISTRATIONS, REGISTRATIONS_OF, soundness.INDEXED, soundness.CLOCKS, soundness.STEPS_ELSEWHERE,
]  # fmt: skip


@pytest.mark.parametrize("statement", EVERY_LIST)
def test_no_question_reads_or_sorts_the_whole_store(store: SqliteStore, statement: str) -> None:
    connection = store.connections.take()
    plan = [
        row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", ["1"] * statement.count("?"))
    ]
    connection.close()

    assert plan
    assert not [line for line in plan if "SCAN" in line or "TEMP B-TREE FOR ORDER" in line], plan


def test_a_step_takes_the_same_statements_however_long_the_case(store: SqliteStore) -> None:
    desk = desk_on(store)
    case = opened(desk)
    counts = []

    seen: list[str] = []
    connection = store.connections.take()
    connection.set_trace_callback(seen.append)
    store.connections.give_back(connection)
    for number in range(12):
        seen.clear()
        done(desk, case.id, "take_note", {"note": [{"content": f"第{number}份"}]})
        counts.append([line.split()[0] for line in dict.fromkeys(seen)])

    # The database names a statement again when one of its triggers has been asked.
    # The case, the agency, the officers, the children; the case again, the step, the document.
    assert counts == [["BEGIN", *["SELECT"] * 4, "UPDATE", "INSERT", "INSERT", "COMMIT"]] * 12


# the library -----------------------------------------------------------------------------------------------


def test_the_rows_can_be_read_with_sqlmodel_and_moments_come_back_in_utc(
    store: SqliteStore, path: Path
) -> None:
    case = decided(desk_on(store))
    engine = create_engine(f"sqlite:///{path}")

    with Session(engine) as session:
        row = session.exec(select(CaseRow).where(CaseRow.id == case.id)).one()
        steps = session.exec(select(StepRow).where(StepRow.case_id == case.id).order_by("seq")).all()

    assert (row.revision, row.flow, row.procedure, row.ended) == (case.revision, REF, "test.small", False)
    with store.read() as work:
        assert [row.entered_at for row in steps] == [step.entered_at for step in work.steps(case.id)]
    assert {row.entered_at.tzinfo for row in steps} == {UTC}
    engine.dispose()


def test_sqlmodel_refuses_a_moment_without_a_time_zone() -> None:
    """The pinned version does; ours refuses by itself because it writes past the models."""
    engine = create_engine("sqlite://")
    Row.metadata.create_all(engine)
    naive: dict[str, Any] = dict.fromkeys(StepRow.model_fields, "") | {
        "seq": 0,
        "entered_at": datetime(2026, 3, 2),
    }

    with Session(engine) as session:
        session.add(StepRow(**naive))
        with pytest.raises(Exception, match=r"(?i)naive|timezone|aware"):
            session.commit()
    engine.dispose()


def test_our_tables_stay_apart_from_those_of_a_host_application() -> None:
    assert set(Row.metadata.tables) & set(SQLModel.metadata.tables) == set()
    assert MetaRow.__tablename__ in Row.metadata.tables


def test_the_store_in_memory_does_not_load_the_database_layer() -> None:
    code = "import sys, zhifa_flow.adapters.memory; print(sorted({'sqlalchemy', 'sqlmodel', 'sqlite3'} & set(sys.modules)))"

    said = _python(code).communicate()[0]

    assert said.strip() == "[]"


@pytest.mark.parametrize("saving", [True, False])
def test_a_fault_is_told_without_what_the_database_says_in_english(saving: bool) -> None:
    fault = sqlite3.OperationalError("disk I/O error")

    told = str(said(Path("a.db"), fault, saving=saving))

    assert not re.search("[A-Za-z]", told.replace("a.db", ""))
    assert ("本次办理没有保存" in told) is saving


def test_a_file_that_is_no_database_is_told_without_saying_that_something_was_to_be_saved(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"no database" * 500)

    with pytest.raises(StoreError) as raised:
        SqliteStore(path)

    assert str(raised.value) == "数据库 a.db 不是数据库文件; 请检查路径, 或者另指定一个文件"
