"""The registered checks, by what they look at; importing this registers them all."""

from zhifa_flow.engine.checks import (
    acting,
    anew,
    days,
    duties,
    elsewhere,
    hearing,
    inspection,
    kin,
    levying,
    licensing,
    papers,
    penalties,
    performance,
    procedure,
    rows,
    standing,
)

MODULES = (
    acting,
    anew,
    days,
    duties,
    elsewhere,
    hearing,
    inspection,
    kin,
    levying,
    licensing,
    papers,
    penalties,
    performance,
    procedure,
    rows,
    standing,
)
