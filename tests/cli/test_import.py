"""`tracker import`: files in, once, whole, and with a summary of what they changed."""

import csv
import io
import json

import pytest

OURS = """\
market,entity,period,share,url,source,counted,whole,kind
lab/users,Alpha,2025-01,10.0,https://lab.example/1,lab,users,open,product
lab/users,Alpha,2025-02,20.5,https://lab.example/1,,,,
lab/users,Beta,2025-02,<1,https://lab.example/1,,,,
"""
STATCOUNTER = """\
"Date","ChatGPT","Perplexity","Deepseek","Other"
2025-02,0,0,0,0
2025-03,0,0,0,0
2025-04,84.21,12.07,3.72,0
2025-05,79.8,11,9.2,0
"""
NAME = "ai_chatbot-ww-monthly-202502-202505.csv"
HEAD = "file,importer,batch,new,same,revised,conflicting,skipped,rejected,reports,entities,markets\n"


@pytest.fixture
def ours(tmp_path):
    (tmp_path / "ours.csv").write_text(OURS)
    return "ours.csv"


@pytest.fixture
def wide(tmp_path):
    (tmp_path / NAME).write_text(STATCOUNTER)
    return NAME


def _shares(call, view="shares", where="1 = 1"):
    sql = f"select market, entity, period, share, high from {view} where {where} order by 1, 2, 3, 4"
    return [tuple(row.values()) for row in json.loads(call("query", sql, "--format", "json").out)]


def test_our_own_csv(call, empty, ours):
    result = call("import", ours)
    assert (result.code, result.err) == (
        0,
        "ours.csv: new markets: lab/users\nours.csv: new entities: Alpha (product), Beta (product)\n",
    )
    assert result.out == (
        "file      importer  batch  new  same  revised  conflicting  skipped  rejected  reports  entities  markets\n"
        "ours.csv  tracker       1    3     0        0            0        0         0        0         2        1\n"
    )
    assert _shares(call) == [
        ("lab/users", "Alpha", "2025-01", 10.0, None),
        ("lab/users", "Alpha", "2025-02", 20.5, None),
        ("lab/users", "Beta", "2025-02", None, 1.0),
    ]


def test_a_statcounter_export_makes_its_market_from_its_name(call, empty, wide):
    result = call("import", wide, "--format", "csv")
    assert (result.code, result.out) == (0, f"{HEAD}{NAME},statcounter,1,8,0,0,0,0,0,0,4,1\n")
    assert result.err == "".join(
        f"{NAME}: {line}\n"
        for line in [
            "every share is kept with 2 decimals: the export leaves trailing zeros out",
            "2 rows of zeros only (2025-02 to 2025-03) are padding, not data, and were left out",
            "new markets: statcounter/ai-chatbot-ww",
            "new entities: ChatGPT (product), Perplexity (product), Deepseek (product), Other (residual)",
        ]
    )
    shown = call("market", "show", "statcounter/ai-chatbot-ww").out
    assert "whole         closed\n" in shown
    assert "region        worldwide\n" in shown
    assert "frequency     monthly\n" in shown
    assert ("statcounter/ai-chatbot-ww", "Other", "2025-04", 0.0, None) in _shares(call)


def test_known_aliases_are_matched_and_retold_shares_give_way(call, starter, tmp_path):
    (tmp_path / NAME).write_text(STATCOUNTER.replace("2025-05", "2025-08"))
    result = call("import", NAME, "--format", "csv")
    assert (result.code, result.out) == (0, f"{HEAD}{NAME},statcounter,2,5,0,3,0,0,0,3,1,0\n")
    assert result.err.endswith(
        f"{NAME}: new entities: Other (residual)\n"
        f"{NAME}: retold shares of statcounter/ai-chatbot-ww that give way to the source's own figures, and are kept"
        " beside them: 3\n"
    )
    assert _shares(
        call, "share_history", "entity = 'DeepSeek' and period = '2025-08' and market like '%chatbot-ww'"
    ) == [
        ("statcounter/ai-chatbot-ww", "DeepSeek", "2025-08", 2.74, None),
        ("statcounter/ai-chatbot-ww", "DeepSeek", "2025-08", 9.2, None),
    ]


def test_new_events_and_more_of_a_source_are_listed(call, starter, tmp_path, unchanged):
    (tmp_path / "mine.csv").write_text(
        "market,entity,period,share,role,title,source\n,DeepSeek,2025-08,,event,V3.1 released,\n,,,,source,,somebody\n"
    )
    with unchanged(starter):
        assert call("import", "mine.csv", "--dry-run").err == (
            "mine.csv: would be new sources: somebody\nmine.csv: would be new events: V3.1 released\n"
            "This was a dry run: nothing was stored.\n"
        )
    assert call("import", "mine.csv").err == "mine.csv: new sources: somebody\nmine.csv: new events: V3.1 released\n"


@pytest.mark.parametrize("name", ["ours", "wide"])
def test_the_same_file_again_changes_nothing(name, call, starter, unchanged, request):
    file = request.getfixturevalue(name)
    assert call("import", file).code == 0
    with unchanged(starter):
        result = call("import", file, "--format", "json")
    assert result.err.endswith(f"{file}: all of it is recorded already; nothing was changed\n")
    (row,) = json.loads(result.out)
    count = {"ours": 3, "wide": 8}[name]
    assert row | {"file": 0, "importer": 0} == {
        **dict.fromkeys(HEAD.strip().split(","), 0),
        "batch": None,
        "same": count,
    }


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_several_files_have_a_row_each_and_the_same_file_one(form, call, empty, ours, wide, tmp_path):
    (tmp_path / "again.csv").write_text(OURS)
    result = call("import", ours, wide, "again.csv", ours, "--format", form)
    assert result.code == 0
    if form == "csv":
        assert result.out == (
            f"{HEAD}ours.csv,tracker,1,3,0,0,0,0,0,0,2,1\n{NAME},statcounter,2,8,0,0,0,0,0,0,4,1\nagain.csv,tracker,,0,3,0,0,0,0,0,0,0\n"
        )
    elif form == "json":
        assert [row["new"] for row in json.loads(result.out)] == [3, 8, 0]
    else:
        assert len(result.out.splitlines()) == 4


def test_a_bad_file_among_good_ones(call, empty, ours, wide, tmp_path):
    (tmp_path / "bad.csv").write_text(OURS.replace("20.5", "205"))
    result = call("import", ours, "bad.csv", wide, "--format", "csv")
    assert (result.code, result.out) == (1, f"{HEAD}ours.csv,tracker,1,3,0,0,0,0,0,0,2,1\n")
    assert result.err.endswith(
        f"Not read: {NAME}\n"
        "bad.csv: 1 problem, nothing was stored\n"
        "  line 3, column share: '205' a share is 0 to 100 percent, not 205\n"
        "To store the rest, and have the bad rows with their reasons in a file of their own: --skip-bad\n"
    )
    assert len(_shares(call)) == 3


def test_a_missing_file_among_good_ones_stores_nothing(call, empty, ours, unchanged):
    with unchanged(empty):
        result = call("import", ours, "none.csv")
    assert (result.code, result.out) == (2, "")
    assert "'none.csv' does not exist" in result.err


def test_a_folder_is_no_file(call, empty, tmp_path, unchanged):
    (tmp_path / "folder").mkdir()
    with unchanged(empty):
        result = call("import", "folder")
    assert (result.code, result.out) == (2, "")
    assert "'folder' is a folder" in result.err


def test_dry_run_says_and_changes_nothing(call, empty, ours, unchanged):
    with unchanged(empty):
        result = call("import", ours, "--dry-run", "--format", "csv")
    assert (result.code, result.out) == (0, f"{HEAD}ours.csv,tracker,,3,0,0,0,0,0,0,2,1\n")
    assert result.err == (
        "ours.csv: would be new markets: lab/users\n"
        "ours.csv: would be new entities: Alpha (product), Beta (product)\n"
        "This was a dry run: nothing was stored.\n"
    )


class TestOnChange:
    @pytest.fixture
    def other(self, call, empty, ours, tmp_path):
        assert call("import", ours).code == 0
        (tmp_path / "other.csv").write_text(OURS.replace("20.5", "21.5"))
        return "other.csv"

    @pytest.mark.parametrize("words", [(), ("--on-change", "refuse")])
    def test_refuse(self, words, call, other, empty, unchanged):
        with unchanged(empty):
            result = call("import", other, *words)
        assert (result.code, result.out) == (1, "")
        first, conflict, hint = result.err.splitlines()
        assert first == "other.csv: 1 problem, nothing was stored"
        assert conflict.startswith("  line 3, column share: '21.5' Alpha in lab/users, 2025-02: ")
        assert "share 20.5% is recorded, 21.5% is given" in conflict
        assert hint == (
            "To record the new share, and keep the old one in the history: --on-change revise --reason 'the reason'"
        )

    def test_skip(self, call, other, empty, unchanged):
        with unchanged(empty):
            result = call("import", other, "--on-change", "skip", "--format", "csv")
        assert (result.code, result.out) == (0, f"{HEAD}other.csv,tracker,,0,2,0,0,1,0,0,0,0\n")
        assert result.err == "other.csv: shares that differ from the recorded ones, and were left out: 1\n"

    def test_revise(self, call, other):
        result = call("import", other, "--on-change", "revise", "--reason", "a misprint", "--format", "csv")
        assert (result.code, result.out) == (0, f"{HEAD}other.csv,tracker,2,0,2,1,0,0,0,0,0,0\n")
        assert _shares(call, "share_history", "period = '2025-02' and entity = 'Alpha'") == [
            ("lab/users", "Alpha", "2025-02", 20.5, None),
            ("lab/users", "Alpha", "2025-02", 21.5, None),
        ]
        reasons = call("query", "select reason from batch where reason is not null", "--format", "csv").out
        assert reasons == "reason\na misprint\n"

    def test_a_reason_goes_with_revise(self, call, other, empty, unchanged):
        with unchanged(empty):
            result = call("import", other, "--reason", "a misprint")
        assert (result.code, result.out) == (2, "")
        assert result.err.endswith("--reason goes with --on-change revise.\n")


class TestUnnamedStatCounter:
    @pytest.fixture
    def unnamed(self, tmp_path):
        (tmp_path / "download.csv").write_text(STATCOUNTER)
        return "download.csv"

    def test_the_market_is_asked_for(self, call, starter, unnamed, unchanged):
        with unchanged(starter):
            result = call("import", unnamed)
        assert (result.code, result.out) == (2, "")
        assert result.err == (
            "download.csv: the name of the file does not say which market this is\n"
            "Say it with --market SLUG, or give the file the name that StatCounter gave it"
            " (ai_chatbot-ww-monthly-202301-202609.csv).\n"
        )

    def test_the_market_is_given(self, call, starter, unnamed):
        result = call("import", unnamed, "--market", "statcounter/ai-chatbot-us", "--format", "csv")
        assert result.code == 0
        assert result.out.startswith(f"{HEAD}download.csv,statcounter,2,8,0,0,0,0,0,0,1,0")

    def test_the_market_is_unknown(self, call, starter, unnamed, unchanged):
        with unchanged(starter):
            result = call("import", unnamed, "--market", "statcounter/chatbot")
        assert (result.code, result.out) == (1, "")
        assert "line 4, column market: 'statcounter/chatbot' is not recorded" in result.err or (
            "line 2, column market: 'statcounter/chatbot' is not recorded" in result.err
        )
        assert "tracker market add statcounter/chatbot --source" in result.err


def test_unknown_importer(call, empty, ours, unchanged):
    with unchanged(empty):
        result = call("import", ours, "--importer", "traker")
    assert (result.code, result.out, result.err) == (2, "", "there is no importer 'traker'\nThere is: tracker.\n")


def test_market_stands_in_where_our_csv_names_none(call, starter, tmp_path):
    (tmp_path / "mine.csv").write_text("market,entity,period,share,url\n,Kimi,2025-06,7,https://example.org\n")
    assert call("import", "mine.csv").code == 1
    assert call("import", "mine.csv", "--market", "poe/text-messages").code == 0
    assert ("poe/text-messages", "Kimi", "2025-06", 7.0, None) in _shares(call)


def test_resembling_names_need_a_word(call, starter, tmp_path, unchanged):
    (tmp_path / "mine.csv").write_text(
        "market,entity,period,share,url\npoe/text-messages,Deep-Seek,2025-06,7,https://example.org\n"
    )
    with unchanged(starter):
        result = call("import", "mine.csv")
    assert result.code == 1
    assert result.err.endswith(
        "If 'Deep-Seek' is 'DeepSeek': tracker entity add DeepSeek --alias Deep-Seek\n"
        "If it is somebody else: --new-entities\n"
    )
    assert call("import", "mine.csv", "--new-entities").err == "mine.csv: new entities: Deep-Seek (product)\n"


def test_a_repeated_row_is_said(call, empty, tmp_path):
    (tmp_path / "mine.csv").write_text(OURS + OURS.splitlines()[2] + "\n")
    result = call("import", "mine.csv", "--format", "csv")
    assert result.out == f"{HEAD}mine.csv,tracker,1,3,1,0,0,0,0,0,2,1\n"
    assert result.err.startswith("mine.csv: line 5 repeats line 3\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("Alpha", ' "Alpha"'.strip()),
    ],
    ids=["CRLF", "BOM", "semicolons", "tabs", "blank lines", "no last newline", "quoted"],
)
def test_forms_of_the_same_table(change, call, empty, tmp_path):
    (tmp_path / "mine.csv").write_text(change(OURS), newline="", encoding="utf-8")
    result = call("import", "mine.csv", "--format", "csv")
    assert (result.code, result.out) == (0, f"{HEAD}mine.csv,tracker,1,3,0,0,0,0,0,0,2,1\n")


def test_a_file_of_the_same_name_elsewhere_and_odd_names(call, empty, tmp_path):
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a folder" / "größe, 'x'.csv").write_text(OURS)
    result = call("import", "a folder/größe, 'x'.csv", "--format", "csv")
    assert result.code == 0
    assert list(csv.reader(io.StringIO(result.out)))[1][0] == "a folder/größe, 'x'.csv"
