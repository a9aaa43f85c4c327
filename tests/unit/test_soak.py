"""What the soak calls flat: a memory that breathes is, one that keeps a little of each use is not."""

from __future__ import annotations

import pytest

from tests.soak import SAMPLES, Measure

BREATH = (0.0, 3.0, 1.0, 4.0, 0.5)


@pytest.mark.parametrize(
    ("kept_each_time", "flat"),
    [(0.0, True), (-0.5, True), (0.05, True), (0.2, False), (1.0, False)],
)
def test_what_grows_a_little_each_time_is_told_from_what_breathes(kept_each_time: float, *, flat: bool) -> None:
    measure = Measure("mémoire", "MB", slack=2, share=0.01)
    measure.seen = [50 + BREATH[look % len(BREATH)] + kept_each_time * look for look in range(SAMPLES)]
    assert measure.flat is flat


def test_what_is_only_taken_at_first_is_no_growth() -> None:
    measure = Measure("mémoire", "MB", slack=1, share=0)
    measure.seen = [10.0, 30.0, 60.0, *[80.0] * (SAMPLES - 3)]
    assert measure.flat
