"""Signals: that something changed, said after the commit to whoever looks at it. They carry a name and nothing else."""

from foundation.signals.actions import carry, look_again_at, signal

__all__ = ["carry", "look_again_at", "signal"]
