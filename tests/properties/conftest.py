"""How property tests search: the same cases each time; `HYPOTHESIS_PROFILE=explore` looks for new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
settings.register_profile("repeat", derandomize=True, deadline=None, max_examples=150, suppress_health_check=slow)
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=25, suppress_health_check=slow)
settings.register_profile("explore", deadline=None, max_examples=3000, suppress_health_check=slow, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))
