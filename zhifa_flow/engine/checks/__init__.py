"""The registered checks, by what they look at; importing this registers them all."""

from zhifa_flow.engine.checks import (
    acting,
    days,
    duties,
    elsewhere,
    hearing,
    kin,
    papers,
    penalties,
    performance,
    procedure,
    rows,
    standing,
)

MODULES = (
    acting,
    days,
    duties,
    elsewhere,
    hearing,
    kin,
    papers,
    penalties,
    performance,
    procedure,
    rows,
    standing,
)
