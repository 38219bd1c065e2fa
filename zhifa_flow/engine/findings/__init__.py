"""The registered finding rules; importing this registers them all."""

from zhifa_flow.engine.findings import duties, general, penalty, performance, procedure

MODULES = (duties, general, penalty, performance, procedure)
