"""All proofs of one flow: its orders, that it can be walked to its end, that somebody can take each step."""

from __future__ import annotations

from collections.abc import Iterable

from zhifa_flow.engine.proofs.duties import duty_problems
from zhifa_flow.engine.proofs.family import family_problems
from zhifa_flow.engine.proofs.localgrounds import Grounds
from zhifa_flow.engine.proofs.orders import order_problems
from zhifa_flow.engine.proofs.readings import reading_problems
from zhifa_flow.engine.proofs.soundness import soundness_problems
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.statute import StatuteIndex


def proof_problems(flow: Flow, statutes: StatuteIndex, others: Iterable[Flow] = ()) -> list[str]:
    """What cannot be proven of a flow that the flow checker has accepted, each with the path that shows it.

    ``others`` are the flows of its folder. It takes tenths of a second, so it is asked for when a file is checked,
    not when a case is opened.
    """
    grounds = Grounds(flow, statutes)
    return [
        *duty_problems(flow),
        *family_problems(flow, others),
        *soundness_problems(grounds.of()),
        *reading_problems(grounds),
        *order_problems(grounds),
    ]
