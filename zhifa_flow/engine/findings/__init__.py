"""The registered finding rules; importing this registers them all."""

from zhifa_flow.engine.findings import duties, elsewhere, general, penalty, performance, procedure

MODULES = (duties, elsewhere, general, penalty, performance, procedure)
