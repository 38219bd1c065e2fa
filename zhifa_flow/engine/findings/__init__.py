"""The registered finding rules; importing this registers them all."""

from zhifa_flow.engine.findings import general, penalty

MODULES = (general, penalty)
