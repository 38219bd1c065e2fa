"""An office at the command line: its own flows, its own database, a fixed hour."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from zhifa_flow.cli.main import main
from zhifa_flow.cli.places import Places

DATA = Path(__file__).parents[1] / "data" / "flows_cli"
REGISTER = DATA / "register.toml"
TODAY = "2026-03-10"
CASE = "jia-2026-0001"
PARTY = (
    "--party-kind",
    "法人",
    "--party-name",
    "某公司",
    "--party-address",
    "某路1号",
    "--party-no-code-reason",
    "测试",
)
FILED = (
    "--set", "立案审批表.文号=某立字1号", "--set", "filing_approval.facts=举报",
    "--set", "filing_approval.level=一般", "--set", f"filing_approval.found={TODAY}",
)  # fmt: skip
REPORTED = (
    "--set", "report.officers=张某、李某", "--set", "report.penalties=kind=罚款;amount=5万元",
    "--set", "report.articles=行政处罚法第五十七条第一款第一项", "--set", "report.rights=陈述申辩",
    "--set", "report.evidence=证据种类=书证;证明的事实=超标",
)  # fmt: skip
NOBODY = dict.fromkeys(("ZHIFA_OFFICER", "ZHIFA_AGENCY", "ZHIFA_FLOWS", "ZHIFA_DATABASE"))


@dataclass
class Office:
    """Runs commands as a person would type them."""

    flows: Path
    folder: Path
    moment: datetime = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
    env: dict[str, str | None] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "zhifa.db"

    def run(self, *args: str, typed: str | None = None) -> Result:
        """What comes of a command line; never a traceback."""
        places = Places(now=lambda: self.moment)
        line = ["--flows", str(self.flows), "--database", str(self.database), *args]
        result = CliRunner().invoke(main, line, input=typed, obj=places, env=NOBODY | self.env)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    def ok(self, *args: str, typed: str | None = None) -> str:
        """What a command that succeeds writes."""
        result = self.run(*args, typed=typed)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *args: str) -> Any:
        """What a command that succeeds tells a program."""
        return json.loads(self.ok(*args, "--json"))

    def refused(self, *args: str, code: int = 1) -> str:
        """What a command that does not succeed says on the error stream."""
        result = self.run(*args)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.stderr

    def staffed(self) -> Office:
        """The office with its registers filled."""
        self.ok("agency", "import", str(REGISTER))
        self.ok("officer", "import", str(REGISTER))
        return self

    def opened(self) -> Office:
        """The office with one case, its lead registered."""
        self.ok(
            "case",
            "open",
            "行政处罚试验程序",
            "--agency",
            "jia",
            "--title",
            "某公司超标",
            "--by",
            "张某",
            *PARTY,
        )
        return self

    def filed(self) -> Office:
        """The office with one case that has been filed."""
        self.ok("case", "do", CASE, "立案", "--by", "张某", *FILED)
        return self

    def reported(self) -> Office:
        """The office with one case whose investigation has ended."""
        film = self.folder / "film.mp4"
        film.write_bytes(b"film")
        self.ok(
            "case", "do", CASE, "report", "--by", "张某,李某", *REPORTED, "--attach", f"recording.file={film}"
        )
        return self

    def decided(self) -> Office:
        """The office with one case that has been decided."""
        self.ok(
            "case",
            "do",
            CASE,
            "decide",
            "--by",
            "zhao",
            "--set",
            "decision.number=1号",
            "--set",
            "decision.content=罚款",
        )
        return self
