"""What an observation says otherwise than what stands."""

from dataclasses import replace

from tracker.store.plan import Standing, differences
from tracker.values import Citation, Observation, Period, Share

PAGE = Citation("https://press.org", "Trends", kind="secondary")


def told(share="7"):
    return Observation("poe/a", "R1", Period.parse("2025-02"), Share.parse(share), PAGE)


def stands(status="A", sample_size=None, note=None):
    return Standing(Share.parse("7"), status, sample_size, note, PAGE)


def test_a_difference_shows_intervals():
    wide = replace(told(), share=replace(Share.parse("7"), low=6, high=8))
    assert differences(wide, stands()) == ["share 7% is recorded, 7% (6 to 8) is given"]


def test_differences_name_every_field():
    every = replace(told("7.0"), status="P", sample_size=9, note="n")
    assert differences(every, stands()) == [
        "share 7% is recorded, 7.0% is given",
        "status: 'A' is recorded, 'P' is given",
        "sample size: nothing is recorded, 9 is given",
        "note: nothing is recorded, 'n' is given",
    ]


def test_what_the_input_leaves_out_differs_from_nothing():
    assert differences(told(), stands(status="P", sample_size=9, note="n")) == []
