from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValue
from tracker.values.asof import AsOf


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-07-31", "2025-07-31T23:59:59.999999Z"),
        (" 2025-07-31 ", "2025-07-31T23:59:59.999999Z"),
        ("2025-07-31T18:00", "2025-07-31T18:00:00.000000Z"),
        ("2025-07-31 18:00:01", "2025-07-31T18:00:01.000000Z"),
        ("2025-07-31T18:00:01.5Z", "2025-07-31T18:00:01.500000Z"),
        ("2025-07-31t18:00z", "2025-07-31T18:00:00.000000Z"),
        ("2025-01-01T00:30+02:00", "2024-12-31T22:30:00.000000Z"),
    ],
)
def test_a_time_is_utc_and_a_day_is_its_end(text, at):
    assert (AsOf.parse(text).at, AsOf.parse(text).batch) == (at, None)


def test_a_number_is_a_batch():
    assert (AsOf.parse("12").batch, AsOf.parse("12").at, str(AsOf.parse("12"))) == (12, None, "batch 12")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025-02",
        "2025-02-30",
        "2025-07-31T25:00",
        "-1",
        "1.5",
        "٢",
        "2025-7-1",
        "0001-01-01T00:00+05:00",
    ],
)
def test_anything_else_is_refused_with_the_forms(text):
    with pytest.raises(InvalidValue, match="Write 2025-07-31"):
        AsOf.parse(text)


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1000, 1, 3), datetime(9998, 12, 29), timezones=zones))
def test_what_a_time_prints_is_that_time(when):
    assert AsOf.parse(when.isoformat()).at == when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
