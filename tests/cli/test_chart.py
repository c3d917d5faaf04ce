"""`tracker chart`: a picture in a file, its finding on stdout."""

import csv
import html
import json
import re
import shlex

import pytest

from tracker.charts.kinds import KINDS

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
        "Choose one, for they never stand on one axis: --market poe/reasoning-messages; "
        "a panel for each: --kind panels\n"
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
            "Usage: tracker chart [OPTIONS] [ENTITY]...\n-o x.gif: a chart ends in .png, .svg, .pdf.",
        ),
        ((*R1, "-o", "x"), 2, "Usage: tracker chart [OPTIONS] [ENTITY]...\n-o x: a chart ends in"),
        ((*R1, "-o", "tracker.db"), 2, "Usage: tracker chart [OPTIONS] [ENTITY]...\n-o tracker.db: a chart ends in"),
        ((*R1, "-o", "nowhere/x.png"), 1, "the chart cannot be written to nowhere/x.png: "),
        ((*R1, "--scale", "square"), 2, "Usage: tracker chart [OPTIONS] [ENTITY]...\nInvalid value for '--scale'"),
        (
            ("chart",),
            2,
            "Usage: tracker chart [OPTIONS] [ENTITY]...\nName an ENTITY, or a whole market: --market SLUG.",
        ),
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


CHATGPT = ("chart", "ChatGPT", "--market", "similarweb/generative-ai-ww")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_or_says_why_not(kind, call, starter, tmp_path):
    result = call(*CHATGPT, "--kind", kind, "-o", "x.png")
    assert result.code in (0, 1), result.err
    if result.code == 0:
        assert (tmp_path / "x.png").read_bytes().startswith(MAGIC["png"])
        assert result.out.strip()
        assert result.err.endswith("Wrote x.png\n")
    else:
        assert not (tmp_path / "x.png").exists()
        assert len(result.err.splitlines()) >= 2, "why, and what to do"


def test_the_name_of_a_file_has_the_kind(call, starter):
    assert call(*CHATGPT, "--kind", "table").err == "Wrote chatgpt-table-similarweb-generative-ai-ww.png\n"


def test_a_whole_market_needs_no_entity(call, starter):
    result = call("chart", "--market", "similarweb/generative-ai-ww", "-o", "x.svg")
    assert result.code == 0, result.err
    assert result.out.startswith("ChatGPT’s share")


def test_panels_of_one_entity_in_all_its_markets(call, starter):
    result = call("chart", "DeepSeek R1", "--kind", "panels", "--format", "json")
    rows = json.loads(result.out)
    assert {row["market"] for row in rows} == {"poe/text-messages", "poe/reasoning-messages"}
    assert {row["printed"] for row in rows} == {"7", "3", "12.2"}


def test_a_size_and_a_resolution(call, starter, tmp_path):
    def pixels(*words):
        assert call(*R1, "-o", "x.png", *words).code == 0
        head = (tmp_path / "x.png").read_bytes()[16:24]
        return int.from_bytes(head[:4]), int.from_bytes(head[4:])

    assert pixels() == (1440, 1000)
    assert pixels("--size", "web") == (1600, 900)
    assert pixels("--size", "slide") == (1920, 1080)
    assert pixels("--size", "square") == (1080, 1080)
    assert pixels("--size", "6x4", "--dpi", "100") == (600, 400)
    assert pixels("--size", "1200x800px") == (1200, 800)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "a4"), "Invalid value for '--size': there is no size 'a4'"),
        (("--size", "2x2"), "Invalid value for '--size': a figure of 2 by 2 inches cannot be drawn"),
        (("--dpi", "5"), "Invalid value for '--dpi'"),
        (("--event", "2025-03-01"), "Invalid value for '--event': '2025-03-01' is no event"),
        (("--event", "soon=Release"), "Invalid value for '--event'"),
        (("--kind", "pie"), "Invalid value for '--kind'"),
        (("--kind", "table", "--scale", "log"), "--scale belongs to --kind line"),
        (("--kind", "bars", "--events", "all"), "--events belongs to --kind line"),
        (("--kind", "bars", "--event", "2025-03-01=X"), "--event belongs to --kind line"),
        (("--measure", "hhi"), "--measure belongs to --kind concentration."),
        (("--kind", "rank", "--only"), "--only leaves others out, and --kind rank needs everybody here."),
        (("--format", "csv", "--open"), "--format prints the rows instead of a file"),
        (("--kind", "revisions", "--level", "lab"), "--kind revisions compares what was first stated with now"),
    ],
)
def test_options_that_do_not_belong_together(words, said, call, starter, unchanged):
    with unchanged(starter):
        result = call(*R1, *words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Usage: tracker chart [OPTIONS] [ENTITY]...\n{said}")


def test_an_event_of_ones_own_is_marked(call, starter, tmp_path):
    assert call(*R1, "--events", "none", "--event", "2025-03-10=A trial", "-o", "x.svg").code == 0
    told = (tmp_path / "x.svg").read_text()
    assert "A trial" in told
    assert "R1 released" not in told


def test_recorded_events_are_marked_where_one_concerns_somebody_in_the_chart(call, starter, tmp_path):
    def told(*words):
        assert call(*words, "-o", "x.svg").code == 0
        return (tmp_path / "x.svg").read_text()

    assert "R1 released" in told(*R1)
    cars = ("--url", "https://a.org", "--market", "cars/sold")
    assert call("source", "add", "cars", "--title", "Cars").code == 0
    assert call("market", "add", "cars/sold", "--source", "cars", "--counted", "cars", "--whole", "open").code == 0
    for month, share in (("2024-12", "5"), ("2025-05", "6")):
        assert call("add", "Dacia", share, "--date", month, *cars).code == 0
    assert "R1 released" not in told("chart", "Dacia")
    assert "R1 released" in told("chart", "Dacia", "--events", "all")
    assert call("event", "add", "2025-02-01", "Spring model", "--entity", "Dacia").code == 0
    assert "Spring model" in told("chart", "Dacia")


def test_a_terminal_gets_the_text_form_and_no_file(call, starter, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    result = call(*R1, "--from", "2025-02", "--to", "2025-04")
    assert result.code == 0
    assert result.out.startswith(TITLE + "\npoe/text-messages   % of text messages (Poe (Quora) platform), open\n")
    assert "DeepSeek R1  3%    ~2025-04-30  7%    ~2025-02-15  −4 (−5 to −3)     █▄" in result.out
    assert "\nNote: Two rounded figures were published" in result.out
    assert "\nSource: Poe" in result.out
    assert [path.name for path in tmp_path.iterdir()] == ["tracker.db"]


def test_the_text_form_can_be_asked_for(call, starter):
    assert call(*R1, "--format", "table").out.startswith(TITLE)


def test_the_rows_that_are_drawn(call, starter):
    rows = list(csv.DictReader(call(*R1, "--only", "--format", "csv").out.splitlines()))
    assert [(row["period"], row["printed"], row["period_start"]) for row in rows] == [
        ("~2025-02-15", "7", "2025-02-15"),
        ("~2025-04-30", "3", "2025-04-30"),
    ]


def test_rows_and_a_file_in_one_go(call, starter, tmp_path):
    result = call(*R1, "--format", "csv", "-o", "x.png")
    assert result.out.startswith("source,market,")
    assert (tmp_path / "x.png").exists()


@pytest.mark.parametrize(("code", "said"), [(0, ""), (1, "x.png cannot be shown here; open it by hand.\n")])
def test_the_file_is_shown(code, said, call, starter, monkeypatch):
    shown = []
    monkeypatch.setattr("click.launch", lambda path: shown.append(path) or code)
    assert call(*R1, "--open", "-o", "x.png").err == f"Wrote x.png\n{said}"
    assert shown == ["x.png"]


def test_a_picture_says_how_it_is_made_again(call, starter, tmp_path):
    first = call(*R1, "--from", "2025-02", "--size", "18x12cm", "--event", "2025-03-10=A 'trial'", "-o", "x.svg")
    assert first.code == 0
    told = html.unescape((tmp_path / "x.svg").read_text())
    again = re.search(r"tracker chart .* --as-of 1\b", told).group()
    before = (tmp_path / "x.svg").read_bytes()
    (tmp_path / "x.svg").unlink()
    add = (
        "add",
        "DeepSeek R1",
        "9%",
        "--market",
        "poe/text-messages",
        "--date",
        "2025-03-20",
        "--url",
        "https://a.org",
    )
    assert call(*add).code == 0
    assert call(*shlex.split(again)[1:]).code == 0
    assert (tmp_path / "x.svg").read_bytes() == before


def test_a_bundle_is_made_again_byte_for_byte_after_a_later_import(call, starter, tmp_path):
    result = call(*R1, "--kind", "line", "--bundle", "first", "--style", "dark")
    assert (result.code, result.out) == (0, TITLE)
    files = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    assert result.err == "Wrote first: chart.png, chart.svg, data.csv, README.md, datapackage.json\n"
    again = json.loads(files["datapackage.json"])["tracker"]["command"]
    assert again.endswith(" --as-of 1 --bundle bundle")
    add = (
        "add",
        "DeepSeek R1",
        "9%",
        "--market",
        "poe/text-messages",
        "--date",
        "2025-03-20",
        "--url",
        "https://a.org",
    )
    assert call(*add).code == 0
    assert call(*shlex.split(again)[1:]).code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "bundle").iterdir()} == files


def test_what_may_not_be_passed_on_is_left_out_of_the_bundle_and_said(call, empty, tmp_path):
    assert call("source", "add", "closed", "--title", "Closed", "--may-redistribute", "no").code == 0
    assert (
        call("market", "add", "closed/users", "--source", "closed", "--counted", "users", "--whole", "open").code == 0
    )
    add = ("add", "A", "--market", "closed/users", "--url", "https://a.org")
    assert call(*add[:2], "9%", *add[2:], "--date", "2025-03").code == 0
    result = call("chart", "A", "--bundle", "b")
    assert (result.code, "may not be passed on" in result.err) == (0, True), result.err
    assert len((tmp_path / "b" / "data.csv").read_text().splitlines()) == 1


def test_a_bundle_never_takes_the_place_of_the_database_or_of_other_files(call, starter, tmp_path, unchanged):
    folder = tmp_path / "kept"
    folder.mkdir()
    starter.rename(folder / "data.csv")
    with unchanged(folder / "data.csv"):
        result = call("--db", "kept/data.csv", *R1, "--bundle", "kept")
    assert (result.code, result.out) == (1, "")
    assert "kept/data.csv is the database itself" in result.err
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "README.md").write_text("mine")
    result = call("--db", "kept/data.csv", *R1, "--bundle", "mine")
    assert (result.code, "mine holds other files: README.md" in result.err) == (1, True)
    assert (mine / "README.md").read_text() == "mine"


def test_an_event_that_is_recorded_later_changes_no_bundle(call, starter, tmp_path):
    assert call(*R1, "--bundle", "first").code == 0
    files = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    again = json.loads(files["datapackage.json"])["tracker"]["command"]
    assert "--event '2025-01-20=R1 released'" in again
    assert call("event", "add", "2025-03-01", "Something else").code == 0
    assert call(*shlex.split(again)[1:]).code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "bundle").iterdir()} == files


def test_a_name_that_begins_with_a_hyphen_is_drawn_again(call, starter, tmp_path):
    add = ("--market", "poe/text-messages", "--url", "https://a.org", "--date", "2025-03", "--", "-dash", "9%")
    assert call("add", *add).code == 0
    assert call("chart", "--market", "poe/text-messages", "--bundle", "b", "--", "-dash").code == 0
    again = json.loads((tmp_path / "b" / "datapackage.json").read_text())["tracker"]["command"]
    assert call(*shlex.split(again)[1:]).code == 0


def test_one_market_named_twice_is_one(call, starter):
    assert call(*R1, "--market", "poe/text-messages", "--format", "csv").code == 0


@pytest.mark.parametrize("words", [("-o", "loop.svg"), ("--bundle", "loop.svg")])
def test_a_link_to_itself_is_refused(words, call, starter, tmp_path):
    (tmp_path / "loop.svg").symlink_to("loop.svg")
    result = call(*R1, *words)
    assert (result.code, result.out) == (1, "")
    assert "error of tracker itself" not in result.err


def test_a_long_name_of_a_file(call, starter, tmp_path):
    name = "x" * 250 + ".png"
    assert call(*R1, "-o", name).code == 0
    assert (tmp_path / name).exists()
