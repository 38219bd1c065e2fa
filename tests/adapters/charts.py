"""Our chart as the engine runs it, other tools' charts beside it, and walks on which they must not differ."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, cast

from transitions import MachineError

from tests.engine.proofs.major import raw
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.model.flow import Flow

#: How many random walks are taken on each flow, and how long each may become.
WALKS, LONGEST = 200, 30
STRANGE = "no_such_step"
#: Keys of a flow file that are words of Python, of the formats, or of the tools that read them.
WORDS_OF_OTHERS = (
    "class", "none", "self", "send", "states", "configuration", "model", "prepare", "allowed_events", "final", "initial",
    "start", "begin", "pool", "choice", "step", "end", "id",
)  # fmt: skip
#: A name that is markup, quotation, a character XML has no way to write, and the end of a section of text.
HOSTILE = "<x a='1'>&amp;\"\x01\ufffe\n]]>-->{}"
#: What of it another tool reads; white space in an attribute may become a blank.
SHOWN = "<x a='1'>&amp;\"\ufffd\ufffd"


class Chart(Protocol):
    """A case on a chart of any make."""

    @property
    def state(self) -> str:
        """Where it stands, by the key of the flow file."""
        ...

    @property
    def waits(self) -> frozenset[str]:
        """The triggers that it would accept now."""
        ...

    def take(self, trigger: str) -> bool:
        """Whether it accepts the trigger; if so, it has moved."""
        ...


class Ours:
    """A case on the machine that the engine compiles, with nobody guarding it."""

    def __init__(self, bare: Compiled) -> None:
        self._bare = bare
        self.state = bare.flow.initial

    @property
    def waits(self) -> frozenset[str]:
        return frozenset(self._bare.machine.get_triggers(self.state))

    def take(self, trigger: str) -> bool:
        if trigger not in self._bare.flow.transition:
            return False
        try:
            self.state = self._bare.fire(trigger, self.state, cast("Any", None)).state
        except MachineError:
            return False
        return True


def unguarded(flow: Flow) -> Compiled:
    """The flow compiled as it is, but for its conditions."""
    bare = {key: step.model_copy(update={"guards": ()}) for key, step in flow.transition.items()}
    return compile_flow(flow.model_copy(update={"always": (), "transition": bare}))


def walks(flow: Flow, random_walks: int = WALKS) -> Iterator[list[str]]:
    """Every arrow of the chart after a shortest way to it, and then random walks, always the same ones."""
    for way, triggers in _ways(flow):
        staying = [one for one in triggers if flow.transition[one].stays]
        yield [*way, *staying]
        yield from ([*way, one] for one in triggers if one not in staying)
    for number in range(random_walks):
        yield _random_walk(flow, random.Random(f"{flow.ref} {number}"))


def _ways(flow: Flow) -> Iterator[tuple[list[str], Sequence[str]]]:
    seen, queue = {flow.initial}, deque([(flow.initial, list[str]())])
    while queue:
        state, way = queue.popleft()
        triggers = flow.triggers_from(state)
        yield way, triggers
        for trigger in triggers:
            target = flow.target_of(trigger, state)
            if target not in seen:
                seen.add(target)
                queue.append((target, [*way, trigger]))


def _random_walk(flow: Flow, dice: random.Random) -> list[str]:
    """Mostly lawful steps that keep the case open, between them any step at all, and some after the end."""
    state, walk = flow.initial, list[str]()
    while len(walk) < LONGEST:
        lawful = flow.triggers_from(state)
        going_on = [one for one in lawful if not flow.state[flow.target_of(one, state)].end]
        chosen = going_on if dice.random() < 0.9 else lawful
        if dice.random() < 0.25 or not chosen:
            chosen = [*flow.transition, STRANGE]
        trigger = dice.choice(chosen)
        walk.append(trigger)
        if trigger in lawful:
            state = flow.target_of(trigger, state)
    return walk


def difference(flow: Flow, begin: Callable[[], Chart], random_walks: int = WALKS) -> str | None:
    """Where the other chart first says something else than ours; None if it never does."""
    bare = unguarded(flow)
    for walk in walks(flow, random_walks):
        ours, theirs = Ours(bare), begin()
        for number, trigger in enumerate([*walk, STRANGE]):
            if (ours.state, ours.waits) != (theirs.state, theirs.waits):
                return f"after {walk[:number]}: {ours.state} {theirs.state} {ours.waits ^ theirs.waits}"
            if ours.take(trigger) != theirs.take(trigger):
                return f"after {walk[:number]}: {trigger}"
    return None


def called(key: str) -> Flow:
    """The penalty in small with a state and a step of that key."""
    told = raw()
    told["state"][key] = told["state"].pop("told")
    told["transition"][key] = told["transition"].pop("hear")
    for step in told["transition"].values():
        step["source"] = [key if state == "told" else state for state in step["source"]]
        step["target"] = key if step.get("target") == "told" else step.get("target")
    told["deadline"]["answer"]["ends"] = [key]
    told["order"]["review"]["after"] = [key]
    return Flow.model_validate(told)


def hostile() -> Flow:
    """The penalty in small with hostile names wherever there is a name, a refusal, an article or a gap."""
    return Flow.model_validate(_hostile(raw()))


def _hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _hostile(one, name) for name, one in value.items()}
    if key in ("name", "refusal", "cure", "note", "gap", "post") and isinstance(value, str):
        return f"{HOSTILE}{value}"
    return [f"{HOSTILE}{one}" for one in value] if key == "basis" else value
