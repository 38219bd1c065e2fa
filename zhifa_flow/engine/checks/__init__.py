"""The registered checks, by what they look at; importing this registers them all."""

from zhifa_flow.engine.checks import days, papers, penalties, standing

MODULES = (days, papers, penalties, standing)
