"""The registered finding rules; importing this registers them all."""

from zhifa_flow.engine.findings import (
    confirming,
    duties,
    elsewhere,
    enforcement,
    general,
    inspection,
    levying,
    licensing,
    penalty,
    performance,
    procedure,
)

MODULES = (
    confirming,
    duties,
    elsewhere,
    enforcement,
    general,
    inspection,
    levying,
    licensing,
    penalty,
    performance,
    procedure,
)
