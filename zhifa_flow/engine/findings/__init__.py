"""The registered finding rules; importing this registers them all."""

from zhifa_flow.engine.findings import duties, general, penalty

MODULES = (duties, general, penalty)
