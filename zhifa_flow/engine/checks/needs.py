"""What each check needs in order to let pass, for the prover: sound by saying too little rather than too much.

Whenever a check lets a step pass, its formula here holds; what a formula does not say is taken to pass. So what is
proven with these holds for every case. ``ALWAYS`` says that a check may pass on any file, with whatever documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from zhifa_flow.engine.formula import ALWAYS, Atom, Fact, Formula, Not, about, both, either, if_then, in_force
from zhifa_flow.model.flow import Flow, Guard


@dataclass(frozen=True, slots=True)
class Asked:
    """A check as a guard asks it: its arguments, in the flow whose documents they name."""

    flow: Flow
    args: Mapping[str, object]

    def one(self, key: str) -> str:
        """The argument, empty where it is left out."""
        return str(self.args.get(key, ""))

    def many(self, key: str) -> tuple[str, ...]:
        """The names of a list."""
        value = self.args.get(key, ())
        return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()

    def filed(self, key: str) -> Formula:
        """The document of the path is on file."""
        return in_force(self.one(key).partition(".")[0])

    def filled(self, key: str) -> Formula:
        """The field certainly says something: its document is on file, was made here and may not leave it out."""
        kind, _, name = self.one(key).partition(".")
        document = self.flow.document[kind]
        field = document.field.get(name)
        return in_force(kind) if field and field.required and not document.carried else either()

    def opening(self, key: str) -> list[str]:
        """The rules under which this flow opens cases of the flow named."""
        return [rule for rule, child in self.flow.child.items() if child.flow == self.one(key)]

    def date(self, key: str) -> Atom:
        """The period, or the day in the field, is over."""
        return about(Fact.PAST, self.one(key))

    def started(self, key: str) -> Atom:
        """The period has begun."""
        return about(Fact.STARTED, self.one(key))

    def holds(self, key: str) -> Atom:
        """The finding holds or cannot be determined."""
        return about(Fact.HOLDS, self.one(key))

    def sure(self, key: str) -> Formula:
        """The finding is positively established."""
        return both(self.holds(key), about(Fact.SURE, self.one(key)))


Need = Callable[[Asked], Formula]


def _determined(a: Asked, key: str) -> Formula:
    return either(Not(a.holds(key)), a.sure(key))


def _same(a: Asked) -> Formula:
    return both(
        if_then(a.filled("field"), a.filed("other")),
        if_then(a.filled("other"), a.filed("field")),
    )


def _answered(a: Asked) -> Formula:
    answer = about(Fact.AFTER, a.one("review"), a.one("record"))
    return if_then(in_force(a.one("record")), both(in_force(a.one("review")), answer))


def _since(a: Asked, kind: str) -> Formula:
    notice = a.one("notice")
    return both(in_force(kind), if_then(in_force(notice), about(Fact.SINCE, kind, notice)))


def _defence(a: Asked) -> Formula:
    over = both(a.filed("until"), a.date("until"))
    return both(_answered(a), either(a.filed("waived"), over))


def _hearing(a: Asked) -> Formula:
    asked = a.many("asked")
    ended = [
        both(
            in_force(outcome),
            *(if_then(in_force(kind), about(Fact.AFTER, outcome, kind)) for kind in asked),
        )
        for outcome in a.many("outcomes")
    ]
    nobody_asked = both(*(Not(in_force(kind)) for kind in asked))
    over = both(a.started("deadline"), a.date("deadline"))
    closed = either(*(_since(a, kind) for kind in asked), a.filed("waived"), over)
    return if_then(a.holds("offered"), both(either(nobody_asked, *ended), closed))


def _newest(a: Asked) -> Formula:
    kind = a.one("document")
    return both(
        in_force(kind),
        *(if_then(in_force(other), about(Fact.SINCE, kind, other)) for other in a.many("others")),
    )


def _current(a: Asked) -> Formula:
    kind = a.one("document")
    current = about(Fact.CURRENT, kind) if a.flow.document[kind].binds else either()
    return if_then(in_force(kind), current)


def _made_after(a: Asked) -> Formula:
    later, earlier = a.one("later"), a.one("earlier")
    return if_then(both(in_force(later), in_force(earlier)), about(Fact.AFTER, later, earlier))


def _settled(a: Asked) -> Formula:
    states = a.many("states")
    # In one of several states, nobody knows in which.
    return Not(about(Fact.OPEN, a.one("child"), states[0])) if len(states) == 1 else ALWAYS


def _window(a: Asked) -> Formula:
    periods = [a.date(key) for key in ("remedy", "further", "changed") if a.one(key)]
    return both(a.started("remedy"), either(*periods))


def _filed(*keys: str) -> Need:
    return lambda a: both(*(a.filed(key) for key in keys))


NEEDS: Final[Mapping[str, Need]] = {
    "present": lambda a: in_force(a.one("document")),
    "any_present": lambda a: either(*(in_force(kind) for kind in a.many("documents"))),
    "absent": lambda a: Not(in_force(a.one("document"))),
    "newest_of": _newest,
    "required_if": lambda a: if_then(a.holds("when"), in_force(a.one("document"))),
    "equals": _filed("field"),
    "one_of": _filed("field"),
    "includes": _filed("field"),
    "includes_if": lambda a: if_then(a.holds("when"), a.filed("field")),
    "filled_if": lambda a: if_then(a.holds("when"), a.filed("field")),
    "same": _same,
    "refers_to": lambda a: if_then(in_force(a.one("document")), a.filed("field")),
    "refers_to_what_stands": lambda a: if_then(in_force(a.one("document")), a.filed("field")),
    "unchanged_since": _current,
    "made_after": _made_after,
    "rows_at_least": lambda a: a.filed("field") if int(str(a.args["least"])) > 0 else ALWAYS,
    "rows_with": lambda a: a.filed("field") if int(str(a.args.get("least", 1))) > 0 else ALWAYS,
    "agrees_with": lambda a: if_then(a.filled("other"), a.filed("field")),
    "filled_if_on_file": lambda a: if_then(in_force(a.one("document")), a.filed("field")),
    "names_party": _filed("field"),
    "named_in_rows": _filed("field", "rows"),
    "served_properly": lambda a: in_force(a.one("service")),
    "not_established": lambda a: Not(a.sure("finding")),
    "answered": _answered,
    "defence_settled": _defence,
    "hearing_settled": _hearing,
    "late_after": lambda a: both(a.started("deadline"), a.filed("field")),
    "period_granted": _filed("until", "start"),
    "officers_among": lambda a: if_then(a.filled("field"), a.filed("of")),
    "covers_officers": lambda a: either(about(Fact.BY_LAW, ""), a.filed("field")),
    "expired": lambda a: both(a.started("deadline"), a.date("deadline")),
    "ahead": _filed("notice", "event"),
    "in_period_from": _filed("start"),
    "addressed_to_justice_office": _filed("field"),
    "addressed_to_superior": _filed("field"),
    "made_in_agency_name": _filed("field"),
    "made_by_another": _filed("field"),
    "number_at_least": _filed("field"),
    "amount_equals": lambda a: _determined(a, "due"),
    "agrees_beside": lambda a: in_force(a.one("document")),
    "not_heavier": lambda a: if_then(a.filled("decided"), a.filed("told")),
    "change_not_heavier": lambda a: if_then(a.filled("decided"), a.filed("told")),
    "lawful_basis": _filed("field"),
    "rests_on": _filed("field"),
    "paid_in_full": lambda a: _determined(a, "due"),
    "plan_adds_up": _filed("plan", "until"),
    "overdue_or_plan_broken": lambda a: both(a.started("deadline"), a.filed("at")),
    "in_court_window": _window,
    "past_court_window": _window,
    "some_row_stands": _filed("rows"),
    "finding_holds": lambda a: a.sure("finding"),
    "finding_fails": lambda a: Not(a.holds("finding")),
    "flag_up": lambda a: about(Fact.RAISED, a.one("flag")),
    "flag_down": lambda a: Not(about(Fact.UP, a.one("flag"))),
    "still_unanswered": lambda a: both(about(Fact.UP, a.one("flag")), in_force(a.one("asked"))),
    "children_ended": lambda a: Not(about(Fact.OPEN, a.one("child"))),
    "children_settled": _settled,
    "nothing_held": lambda a: both(
        *(Not(about(Fact.OPEN, rule, kind)) for rule in a.opening("flow") for kind in a.many("documents"))
    ),
    "taken": lambda a: about(Fact.TAKEN, a.one("step")),
    "not_taken": lambda a: Not(about(Fact.TAKEN, a.one("step"))),
    "remedy_period_over": _window,
    "includes_one": _filed("field"),
    "at_lawful_hours": _filed("started", "ended"),
    "agreement_adds_up": _filed("total"),
    "stage_missed": _filed("plan", "stage"),
    "dated_at_expiry": lambda a: both(a.started("deadline"), a.filed("field")),
    "expired_if": lambda a: if_then(a.holds("when"), both(a.started("deadline"), a.date("deadline"))),
    "day_past": lambda a: both(a.filed("field"), a.date("field")),
    "day_past_if": lambda a: if_then(a.holds("when"), both(a.filed("field"), a.date("field"))),
    "sum_at_most": lambda a: a.filed("most"),
    "no_row_above": lambda a: a.filed("most"),
    "founded_if": lambda a: if_then(a.holds("when"), a.filed("field")),
    "in_hours": lambda a: a.started("deadline"),
    "ends_on_last_day": _filed("field"),
    "ends_as_extended": lambda a: both(a.started("deadline"), a.filed("field")),
    "document_if_established": lambda a: if_then(a.sure("when"), in_force(a.one("document"))),
    "said_since_if": lambda a: if_then(a.sure("when"), a.filed("field")),
    "names_provincial_organ": _filed("field"),
    "not_below": lambda a: _determined(a, "due"),
    "not_above": lambda a: _determined(a, "due"),
    "is_fixed_day": lambda a: ALWAYS if a.one("kind") else both(a.filed("day"), a.filed("year")),
    "not_looked_into": lambda a: ALWAYS if a.one("field") else in_force(a.one("record")),
    "above_former": _filed("amount"),
    "rows_dated_before": _filed("end"),
}

#: Checks that may pass on any file: they compare what is written, wherever it is, and nothing missing stops them.
SILENT: Final = frozenset({
    "filled_when", "filled_when_filed", "document_when", "document_when_filed", "change_explained", "no_row_with", "says_once_since", "every_copy_filled",
    "row_filled_when", "row_filled_only_when", "rows_at_most", "never_says", "agrees_when", "shown_when",
    "heavier_on_new_evidence", "no_kinds_when", "not_the_same_again", "certificates_shown", "nobody_recused",
    "not_expired_by", "day_order", "strictly_before", "moments_in_order", "is_day_of_act", "within_period", "within_period_when",
    "past_period_if", "names_exactly", "lighter_if", "ground_in_table", "ends_within_table", "not_expired_if",
    "told_apart", "searched_by_hand", "nothing_beside", "nobody_recused_beside", "registered_in_child", "nothing_in_child", "child_paper_says", "registered_around", "rows_as_around",
    "rows_name_held", "abreast_of", "entered_around", "nothing_says_around", "kept_around", "flag_down_around", "due_around", "not_opened_by", "comes_to", "in_no_other_case", "within_table", "carried_out",
    "still_owing", "amount_outstanding", "refunded", "names_window", "remedy_time_over", "entered_once",
    "rows_match", "days_rise_to", "no_row_before", "names_next_instalment", "no_row_says_both",
    "names_only_standing", "change_proved", "all_answered", "one_taken_when",
    "lighter_or_on_new_evidence", "dated_from", "words_without_sums", "unsaid_when", "covers_if_on_file",
    "founded_on", "number_found", "same_day_when", "nothing_cut_off_from_residents",
    "amount_equals_when", "filled_only_when", "acts_for_itself", "rows_among", "names_suit_end", "moments_rise",
    "kept_when", "changed_when", "below_former", "not_below_former_when", "first_of_month",
})  # fmt: skip

#: Arguments whose document or period may be missing, for the check itself says what that means: nothing was paid yet,
#: nobody took a stand, no further remedy was begun, nothing was urgent. What stands in none of these, and what a check does not need,
#: has to be there on every path, or the guard says nothing there.
ABSENT: Final[Mapping[str, frozenset[str]]] = {
    check: frozenset(args.split())
    for check, args in {
        "agreement_adds_up": "payments", "agrees_when": "other", "all_answered": "asked answers", "amount_outstanding": "payments",
        "at_lawful_hours": "urgent", "entered_around": "about",
        "carried_out": "changed records", "comes_to": "document", "covers_if_on_file": "field", "dated_from": "fields",
        "document_when": "document", "document_when_filed": "field document", "filled_when_filed": "field", "heavier_on_new_evidence": "told", "in_court_window": "further changed",
        "is_day_of_act": "earlier", "lighter_if": "field", "lighter_or_on_new_evidence": "field told",
        "names_next_instalment": "payments", "names_suit_end": "suit short further", "names_window": "further changed", "never_says": "field",
        "not_the_same_again": "decision ground", "one_taken_when": "fields", "paid_in_full": "payments",
        "past_court_window": "further changed", "past_period_if": "start", "plan_adds_up": "payments",
        "refunded": "payments refunds", "said_since_if": "since", "says_once_since": "since", "remedy_period_over": "further", "remedy_time_over": "remedy further payment changed",
        "rows_among": "rows of", "rows_match": "rows of", "served_properly": "consent", "stage_missed": "payments", "still_owing": "payments changed records",
    }.items()
}  # fmt: skip

#: Checks that hold days against a day: several of them at one step speak of one or the other ground, whichever is there.
GROUNDS: Final[Mapping[str, str]] = {"dated_from": "start", "day_order": "first", "strictly_before": "first"}


def needs(flow: Flow, guard: Guard) -> Formula:
    """What must hold for the guard to let a step pass."""
    need = NEEDS.get(guard.check)
    return need(Asked(flow, guard.args)) if need else ALWAYS
