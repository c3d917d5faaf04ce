"""`tracker chart`: a picture in a file, its finding on stdout."""

import pytest

R1 = ("chart", "DeepSeek R1", "--market", "poe/text-messages")
TITLE = "DeepSeek R1’s share of Poe’s text messages fell from 7% in mid-February to 3% at the end of April 2025\n"
MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}


@pytest.mark.parametrize("ending", MAGIC)
def test_each_ending_makes_its_kind_of_file(ending, call, starter, tmp_path, unchanged):
    before = starter.read_bytes()
    result = call(*R1, "-o", f"fall.{ending}")
    assert (result.code, result.out, result.err) == (0, TITLE, f"Wrote fall.{ending}\n")
    assert (tmp_path / f"fall.{ending}").read_bytes().startswith(MAGIC[ending])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"fall.{ending}", "tracker.db"])
    assert starter.read_bytes() == before


def test_an_ending_in_capitals_and_a_name_with_blanks(call, starter, tmp_path):
    result = call(*R1, "-o", "a fall.PNG")
    assert result.code == 0, result.err
    assert (tmp_path / "a fall.PNG").read_bytes().startswith(MAGIC["png"])


def test_the_file_is_named_after_entity_and_market(call, starter, tmp_path):
    assert call(*R1, "--from", "2025-02", "--to", "2025-04").err == "Wrote deepseek-r1-poe-text-messages.png\n"
    assert (tmp_path / "deepseek-r1-poe-text-messages.png").exists()


def test_a_title_of_ones_own(call, starter):
    assert call(*R1, "--title", "A fall", "-o", "x.svg").out == "A fall\n"


def test_one_reading_in_dark_and_a_line(call, starter):
    assert call(*R1, "--from", "2025-04", "--style", "dark", "-o", "x.svg").code == 0
    line = call(
        "chart", "ChatGPT", "Google Gemini", "--market", "similarweb/generative-ai-ww", "--scale", "log", "--only"
    )
    assert line.code == 0, line.err


def test_several_markets_are_refused_and_named(call, starter, unchanged):
    with unchanged(starter):
        result = call("chart", "DeepSeek R1")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "DeepSeek R1 stands in 2 markets, each a whole of its own: poe/reasoning-messages, poe/text-messages\n"
        "Choose one, for they never stand on one axis: --market poe/reasoning-messages\n"
    )


def test_an_entity_of_one_market_needs_no_market(call, starter):
    result = call("chart", "Veo 2", "-o", "x.svg")
    assert (result.code, result.err) == (0, "Wrote x.svg\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("chart", "DeepSek"), 1, "there is no entity 'DeepSek'; near it: DeepSeek"),
        (("chart", "ChatGPT", "Nobody"), 1, "there is no entity 'Nobody'"),
        (("chart", "DeepSeek R1", "--market", "poe/text"), 1, "there is no market 'poe/text'; near it: poe/text-"),
        (("chart", "Qwen"), 1, "no share of Qwen is recorded\nSee what there is: tracker show\n"),
        ((*R1, "--from", "2026"), 1, "there is nothing to draw"),
        (("chart", "ChatGPT", "--market", "poe/text-messages"), 1, ""),
        ((*R1, "--from", "2025-05", "--to", "2025-04"), 2, "--to 2025-04 is before --from 2025-05"),
        (
            (*R1, "-o", "x.gif"),
            2,
            "Usage: tracker chart [OPTIONS] ENTITY...\n-o x.gif: a chart ends in .png, .svg, .pdf.",
        ),
        ((*R1, "-o", "x"), 2, "Usage: tracker chart [OPTIONS] ENTITY...\n-o x: a chart ends in"),
        ((*R1, "-o", "tracker.db"), 2, "Usage: tracker chart [OPTIONS] ENTITY...\n-o tracker.db: a chart ends in"),
        ((*R1, "-o", "nowhere/x.png"), 1, "the chart cannot be written to nowhere/x.png: "),
        ((*R1, "--scale", "square"), 2, "Usage: tracker chart [OPTIONS] ENTITY...\nInvalid value for '--scale'"),
        (("chart",), 2, "Usage: tracker chart [OPTIONS] ENTITY...\nMissing argument 'ENTITY...'."),
    ],
)
def test_what_is_refused(words, code, said, call, starter, unchanged):
    with unchanged(starter):
        result = call(*words)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(said)
    assert result.err.strip()
    assert "error of tracker itself" not in result.err


@pytest.mark.parametrize("output", ["shares.png", "link.png"])
def test_the_database_is_never_drawn_over(output, call, starter, tmp_path, unchanged):
    named = starter.rename(tmp_path / "shares.png")
    (tmp_path / "link.png").symlink_to(named)
    with unchanged(named):
        result = call("--db", "shares.png", *R1, "-o", output)
    assert (result.code, result.out) == (1, "")
    assert result.err == f"{output} is the database itself\nChoose another file for the output.\n"
