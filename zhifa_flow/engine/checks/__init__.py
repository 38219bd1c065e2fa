"""The registered checks, by what they look at; importing this registers them all."""

from zhifa_flow.engine.checks import days, duties, papers, penalties, standing

MODULES = (days, duties, papers, penalties, standing)
