"""Names as people type them: Chinese or by key, with or without 《》."""

from __future__ import annotations

from zhifa_flow.model.errors import NotFound
from zhifa_flow.model.flow import Flow


def step_key(flow: Flow, name: str, state: str = "") -> str:
    """The key of a step given by key or Chinese name; of several that share a name, the one open from the state.

    Raises:
        NotFound: no step bears the name (with close names).
    """
    typed = name.strip()
    if typed in flow.transition:
        return typed
    matches = [key for key, step in flow.transition.items() if step.name == typed]
    if not matches:
        raise NotFound("环节", name, [*flow.transition, *(step.name for step in flow.transition.values())])
    here = [key for key in matches if state in flow.transition[key].source]
    return (here or matches)[0]
