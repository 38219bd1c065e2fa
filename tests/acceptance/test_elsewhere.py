"""What the shipped flows look for in other cases is there: a renamed field would silently find no fine any more."""

from __future__ import annotations

from tests.acceptance.stage import folder
from zhifa_flow.engine.registry import RULES, ElsewherePath
from zhifa_flow.model.flow import Field, Flow

#: Of what type each argument must be wherever it is found; a bare document has none.
TYPES = {
    "begins": {"date", "moment"}, "ends": {"date", "moment"}, "articles": {"citations"}, "fines": {"penalties"},
    "lifted": {"choice"}, "matters": {"text"}, "grounds": {"choice"}, "safety": {"choice"}, "entered": {"date", "moment"},
}  # fmt: skip


def flows() -> list[Flow]:
    return [folder().compiled(ref).flow for ref in folder().refs()]


def looked_for(flow: Flow) -> dict[str, list[str]]:
    """The paths of other cases by argument, over all findings of the flow."""
    found: dict[str, list[str]] = {}
    for finding in flow.finding.values():
        for name, value in finding.args.items():
            if RULES[finding.rule].parameters[name].kind is ElsewherePath:
                found.setdefault(name, []).extend(str(path) for path in value)  # type: ignore[attr-defined]
    return found


def fields_at(path: str) -> list[Field | None]:
    """The field in every flow that makes the document itself; None for the document alone."""
    kind, dot, name = path.partition(".")
    made = [
        flow.document[kind] for flow in flows() if kind in flow.document and not flow.document[kind].carried
    ]
    return [one.field.get(name) for one in made if name in one.field or not dot]


def test_every_path_that_is_looked_for_is_a_field_of_the_right_type_in_some_flow() -> None:
    wrong = [
        f"{flow.id} {argument}: {path}"
        for flow in flows()
        for argument, paths in looked_for(flow).items()
        for path in paths
        if not (at := fields_at(path))
        or any(field is not None and field.type not in TYPES[argument] for field in at)
    ]

    assert wrong == []


def test_what_lifts_a_fine_is_among_the_outcomes_that_can_be_recorded() -> None:
    said = {
        (path, word, word in field.of)
        for flow in flows()
        for finding in flow.finding.values()
        if finding.rule == "fined_before"
        for path in finding.args["lifted"]  # type: ignore[attr-defined]
        for word in finding.args["lifting"]  # type: ignore[attr-defined]
        for field in fields_at(path)
        if field is not None
    }

    assert said == {("voiding_act.outcome", "撤销", True), ("voiding_act.outcome", "确认无效", True)}


def test_every_flow_that_fines_looks_at_the_same_papers_and_at_its_own() -> None:
    looking = {flow.id: looked for flow in flows() if "fines" in (looked := looked_for(flow))}
    decisions = {
        flow.id: {f"{kind}.{name}" for kind, one in flow.document.items() for name, field in one.field.items()
                  if field.type == "penalties" and one.number and not one.carried and kind.endswith("decision")}
        for flow in flows()
    }  # fmt: skip

    assert (
        set(looking)
        == {id_ for id_, made in decisions.items() if made}
        == {"penalty.general", "penalty.summary"}
    )
    assert looking["penalty.general"] == looking["penalty.summary"]
    assert set().union(*decisions.values()) <= set(looking["penalty.general"]["fines"])
