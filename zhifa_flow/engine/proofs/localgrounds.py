"""The grounds of a flow by place: a guard or an order of one province alone is followed through the cases of that province."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhifa_flow.engine.localities import confined_to
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.model.flow import Flow, Guard, Order
from zhifa_flow.model.statute import StatuteIndex


@dataclass(slots=True)
class Grounds:
    """The grounds of a flow: where a case is anywhere, and where it is in a place that has rules of its own."""

    flow: Flow
    statutes: StatuteIndex
    _by_places: dict[frozenset[str], Ground] = field(default_factory=dict)

    def places(self, entry: Guard | Order) -> frozenset[str]:
        """The places whose rules alone an entry rests on; none where it rests on others too."""
        return frozenset() if entry.gap else confined_to(self.statutes, entry.basis)

    def of(self, places: frozenset[str] = frozenset()) -> Ground:
        """The ground for the cases of these places, of none for all cases."""
        if places not in self._by_places:
            self._by_places[places] = Ground.of(Chart.of(self.flow, self.statutes, places))
        return self._by_places[places]
