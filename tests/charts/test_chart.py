"""Files and notebooks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts.chart_frames import flagship
from tracker.charts.line import line
from tracker.errors import TrackerError


@pytest.fixture(scope="module")
def chart():
    return line(flagship(), focus="DeepSeek R1")


@pytest.mark.parametrize(("kind", "head"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_same_chart_gives_the_same_bytes(chart, tmp_path, kind, head):
    first = chart.save(tmp_path / f"a.{kind}").read_bytes()
    second = line(flagship(), focus="DeepSeek R1").save(tmp_path / f"b.{kind}").read_bytes()
    assert first.startswith(head)
    assert first == second
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.{kind}", f"b.{kind}"]


def test_settings_of_the_person_change_nothing(chart, tmp_path):
    from matplotlib import rc_context

    odd = {"lines.marker": "x", "axes.grid": True, "figure.autolayout": True, "savefig.bbox": "tight", "font.size": 20}
    with rc_context(odd):
        other = line(flagship(), focus="DeepSeek R1").save(tmp_path / "odd.png").read_bytes()
    assert other == chart.save(tmp_path / "a.png").read_bytes()


def test_the_size_asked_for_is_the_size_given(chart, tmp_path):
    head = chart.save(tmp_path / "a.png", dpi=100).read_bytes()[16:24]
    assert (int.from_bytes(head[:4]), int.from_bytes(head[4:])) == (720, 500)


def test_files_say_what_they_show(chart, tmp_path):
    svg = chart.save(tmp_path / "a.svg").read_text()
    assert chart.title in svg
    assert chart.source in svg
    assert chart.source.encode() in chart.save(tmp_path / "a.png").read_bytes()


def test_a_file_describes_itself_with_the_whole_note(chart, tmp_path):
    assert f"{chart.alt} Note: {chart.note}" in chart.save(tmp_path / "a.svg").read_text()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_files_hold_licence_and_command(tmp_path, kind):
    frame = flagship().assign(licence="CC BY 4.0")
    chart = replace(line(frame, focus="DeepSeek R1"), rebuild="tracker chart r1")
    assert chart.licence == "CC BY 4.0"
    content = chart.save(tmp_path / f"a.{kind}").read_bytes().replace(b"\0", b"")
    assert b"CC BY 4.0" in content
    assert b"tracker chart r1" in content


def test_a_format_that_does_not_exist(chart):
    with pytest.raises(TrackerError, match="no format"):
        chart.content("gif")


@pytest.mark.parametrize("name", ["a.jpg", "a", "png"])
def test_another_ending_is_refused(chart, tmp_path, name):
    with pytest.raises(TrackerError, match=r"\.png, \.svg or \.pdf"):
        chart.save(tmp_path / name)


def test_a_place_that_does_not_exist_is_named(chart, tmp_path):
    with pytest.raises(TrackerError, match="No such file"):
        chart.save(tmp_path / "no" / "a.png")


def test_notebooks_get_the_picture_and_its_description(chart):
    shown, about = chart._repr_mimebundle_()
    assert shown["image/png"].startswith(b"\x89PNG")
    assert about["image/png"] == {"width": 720, "height": 500, "alt": chart.alt}
    assert shown["text/plain"] == chart.alt
    assert int.from_bytes(shown["image/png"][16:20]) == 1440


def test_the_data_are_exactly_the_rows_drawn(chart):
    assert list(chart.data["printed"]) == ["7", "3"]
