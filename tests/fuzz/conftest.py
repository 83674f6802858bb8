from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
# No time limits: a slow machine is no fault. What is tried is the same everywhere, so a failure can be had again.
COMMON = settings(
    deadline=None, derandomize=True, database=None, phases=PHASES, suppress_health_check=list(HealthCheck)
)
settings.register_profile("short", COMMON, max_examples=40)
settings.register_profile("deep", COMMON, max_examples=3000, derandomize=False)
settings.load_profile(os.environ.get("CAKUPAN_FUZZ", "short"))
