"""`tracker correct`: the printed share stays beside the corrected one, everywhere."""

import csv
import io
import json
import shlex

import pytest

WHERE = ("--market", "poe/text-messages", "--entity", "DeepSeek R1")
APRIL = (*WHERE, "--date", "~2025-04-30")
BOTH = (*WHERE, "--from", "2025-01", "--to", "2025-12")
FACT = "DeepSeek R1, poe/text-messages, ~2025-04-30: 3%"
FEBRUARY = "DeepSeek R1, poe/text-messages, ~2025-02-15: 7%"
OVERRIDE = ("override", "3.2", *APRIL, "--expect", "3", "--reason", "a slip")


@pytest.mark.parametrize(
    ("words", "would", "did"),
    [
        (OVERRIDE, f"Would correct {FACT} to 3.2%", f"Corrected {FACT} to 3.2%"),
        (
            ("scale", "0.1", *APRIL, "--expect", "3.0", "--reason", "tenths"),
            f"Would correct {FACT} to 0.3%",
            f"Corrected {FACT} to 0.3%",
        ),
        (
            ("flag", "B", *APRIL, "--expect-rows", 1, "--reason", "new method"),
            f"Would flag {FACT}, status A to B",
            f"Flagged {FACT}, status A to B",
        ),
        (("drop", *APRIL, "--expect", "3", "--reason", "padding"), f"Would drop {FACT}", f"Dropped {FACT}"),
    ],
    ids=["override", "scale", "flag", "drop"],
)
def test_dry_and_done_and_taken_back(words, would, did, call, starter, unchanged):
    before = call("export").out
    with unchanged(starter):
        dry = call("correct", *words, "--dry-run")
    assert (dry.code, dry.out, dry.err) == (0, "", f"{would}\nThis was a dry run: nothing was changed.\n")
    done = call("correct", *words)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{did}\nRecorded as batch 2; to take it back: tracker undo 2\n"
    assert call("export").out != before
    assert call("undo", 2).code == 0
    assert sorted(call("export").out.splitlines()) == sorted(before.splitlines())
    assert call("correct", "list").out == ""


def test_several_at_once(call, starter):
    done = call("correct", "scale", "0.1", *BOTH, "--expect-rows", 2, "--reason", "tenths")
    assert done.err.splitlines()[:2] == [f"Corrected {FEBRUARY} to 0.7%", f"Corrected {FACT} to 0.3%"]


FORMATS = {
    "table": (
        "batch  kind      market             entity       period       printed  printed status  now  status  reason"
        "  upstream  upstream url\n"
        "    2  override  poe/text-messages  DeepSeek R1  ~2025-04-30  3        A               3.2  A       a slip"
        "  reported  https://poe.com/1\n"
    ),
    "csv": (
        "batch,kind,market,entity,period,printed,printed_status,now,status,reason,upstream,upstream_url\n"
        "2,override,poe/text-messages,DeepSeek R1,~2025-04-30,3,A,3.2,A,a slip,reported,https://poe.com/1\n"
    ),
    "json": (
        '[\n {\n  "batch": 2,\n  "kind": "override",\n  "market": "poe/text-messages",\n  "entity": "DeepSeek R1",\n'
        '  "period": "~2025-04-30",\n  "printed": "3",\n  "printed_status": "A",\n  "now": "3.2",\n  "status": "A",\n'
        '  "reason": "a slip",\n  "upstream": "reported",\n  "upstream_url": "https://poe.com/1"\n }\n]\n'
    ),
}


@pytest.mark.parametrize("form", FORMATS)
def test_listed(form, call, starter):
    assert call("correct", *OVERRIDE, "--upstream", "reported", "--upstream-url", "https://poe.com/1").code == 0
    result = call("correct", "list", "--format", form)
    assert (result.code, result.out, result.err) == (0, FORMATS[form], "")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("override", "3.2", *APRIL, "--reason", "r"),
            1,
            f"1 observation would be changed: {FACT}\n"
            "Say what you expect to find: --expect SHARE, or --expect-rows N for several.\n",
        ),
        (
            ("override", "3.2", *APRIL, "--reason", "r", "--expect", "4"),
            1,
            f"refused: {FACT} is recorded, 4% was expected; nothing was stored\n"
            "Look at it: tracker history 'DeepSeek R1' --market poe/text-messages --date '~2025-04-30'\n",
        ),
        (
            ("drop", *BOTH, "--reason", "r", "--expect-rows", 3),
            1,
            f"2 observations fit, not 3; nothing was changed: {FEBRUARY}; {FACT}\n"
            "Say which with --date, --from and --to, or how many with --expect-rows.\n",
        ),
        (
            ("override", "3.2", *WHERE, "--reason", "r", "--expect", "3"),
            2,
            "nobody said of when\nSay it with --date, or with --from and --to; look first:"
            " tracker history 'DeepSeek R1' --market poe/text-messages\n",
        ),
        (
            ("drop", "--market", "poe/text-messages", "--reason", "r", "--expect-rows", 1),
            2,
            "nobody said of when\nSay it with --date, or with --from and --to; look first:"
            " tracker show --market poe/text-messages\n",
        ),
        (
            ("drop", *WHERE, "--date", "2025-05", "--reason", "r", "--expect", "3"),
            1,
            "nothing is recorded of DeepSeek R1 in poe/text-messages, 2025-05; there is: ~2025-02-15, ~2025-04-30\n"
            "See what there is: tracker show 'DeepSeek R1' --market poe/text-messages\n",
        ),
        (
            ("scale", "50", *BOTH, "--reason", "r", "--expect-rows", 2),
            1,
            f"refused: 2 problems, nothing was stored\n  {FEBRUARY}: a share is 0 to 100 percent, not 350\n"
            f"  {FACT}: a share is 0 to 100 percent, not 150\n",
        ),
        (
            ("scale", "x", *APRIL, "--reason", "r", "--expect", "3"),
            2,
            "Usage: tracker correct scale [OPTIONS] FACTOR\n'x' is no factor; write 100 or 0.01.\n",
        ),
        *(
            (
                ("scale", factor, *APRIL, "--reason", "r", "--expect", "3"),
                2,
                f"a factor is 0.000001 to 1000000, not {factor}\nWrite 100 or 0.01.\n",
            )
            for factor in ("0", "NaN", "1E+999999")
        ),
        (
            ("override", "103", *APRIL, "--reason", "r", "--expect", "3"),
            2,
            "Usage: tracker correct override [OPTIONS] SHARE\n"
            "Invalid value for 'SHARE': a share is 0 to 100 percent, not 103\n",
        ),
        (
            ("override", "3", *APRIL, "--reason", "r", "--expect", "3"),
            1,
            f"refused: {FACT}, status A: that is what is recorded already; nothing was stored\n",
        ),
        (("drop", *APRIL, "--reason", " ", "--expect", "3"), 2, "the reason is empty\n"),
        (
            ("drop", *APRIL, "--expect", "3"),
            2,
            "Usage: tracker correct drop [OPTIONS]\nMissing option '--reason'.\n",
        ),
        (
            ("drop", "--date", "2025", "--expect", "3", "--reason", "r"),
            2,
            "Usage: tracker correct drop [OPTIONS]\nMissing option '--market'.\n",
        ),
    ],
)
def test_refused(words, code, said, call, starter, unchanged):
    for db in ((), ("--dry-run",)):
        with unchanged(starter):
            result = call("correct", *words, *db)
        assert (result.code, result.out, result.err) == (code, "", said)


def test_no_such_status(call, starter):
    result = call("correct", "flag", "Z", *APRIL, "--reason", "r", "--expect", "3")
    assert result.code == 2
    assert "Invalid value for 'STATUS': 'Z' is not one of 'A', 'B'," in result.err


def test_hints_can_be_pasted(call, starter, tmp_path):
    starter.rename(tmp_path / "other.db")
    words = ("--reason", "r", "--expect", "4", "--db", "other.db")
    for last in ((*APRIL, *words), (*WHERE, "--date", "2025-05", *words), (*WHERE, *words)):
        hint = call("correct", "drop", *last).err.splitlines()[-1].partition("tracker ")[2]
        shown = call(*shlex.split(hint))
        assert (shown.code, "~2025-04-30" in shown.out) == (0, True)
    done = call("correct", *OVERRIDE, "--db", "other.db").err.splitlines()[-1]
    assert call(*shlex.split(done.partition("tracker ")[2])).code == 0


PRINTED = (
    "share, printed_share, decimals, printed_decimals, status, printed_status, correction, corrected_because, upstream,"
    " stated_by, batch"
)


def test_what_was_printed_stays_beside_it_in_the_views(call, starter):
    assert call("correct", *OVERRIDE).code == 0
    where = "entity = 'DeepSeek R1' and market = 'poe/text-messages' and period = '~2025-04-30'"
    shares = call("query", f"select {PRINTED} from shares where {where}", "--format", "csv").out
    assert shares.splitlines()[1] == "3.2,3.0,1,0,A,A,override,a slip,open,1,2"
    history = call("query", f"select {PRINTED} from share_history where {where} order by batch", "--format", "csv").out
    assert history.splitlines()[1:] == ["3.0,,0,,A,,,,,1,1", "3.2,3.0,1,0,A,A,override,a slip,open,1,2"]


def test_what_was_printed_stays_beside_it_in_exports(call, starter):
    assert call("correct", *OVERRIDE).code == 0
    words = ("--market", "poe/text-messages", "--entity", "DeepSeek R1", "--from", "2025-04")
    names = ("share", "printed_share", "printed_status", "correction", "correction_reason", "upstream")
    rows = [row for row in csv.DictReader(io.StringIO(call("export", *words).out)) if row["period"] == "~2025-04-30"]
    assert [tuple(row[name] for name in names) for row in rows if not row["role"]] == [
        ("3.2", "3", "A", "override", "a slip", "open")
    ]
    records = json.loads(call("export", *words, "--format", "json").out)
    assert [[row[name] for name in names] for row in records if row["role"] is None and row["share"]] == [
        [3.2, "3", "A", "override", "a slip", "open"]
    ]


def test_the_export_read_into_an_empty_database_tells_the_same(call, starter):
    assert call("correct", *OVERRIDE).code == 0
    assert call("correct", "scale", "0.3", *APRIL, "--expect", "3.2", "--reason", "thirds").code == 0
    assert call("export", "-o", "all.csv").code == 0
    assert call("init", "--empty", "--db", "other.db").code == 0
    assert call("import", "all.csv", "--db", "other.db").code == 0
    lists = [
        list(csv.DictReader(io.StringIO(call("correct", "list", "--format", "csv", "--db", db).out)))
        for db in ("tracker.db", "other.db")
    ]
    assert [[row.pop("batch") for row in rows] for rows in lists] == [["3"], ["1"]]
    assert lists[0] == lists[1]
    assert (lists[0][0]["printed"], lists[0][0]["now"]) == ("3", "0.96")
    history = call("history", "DeepSeek R1", *APRIL[:2], *APRIL[4:], "--db", "other.db", "--format", "csv").out
    row = next(csv.DictReader(io.StringIO(history)))
    assert (row["share"], row["printed"]) == ("0.96", "3")
    compared = call("diff", "tracker.db", "other.db")
    assert (compared.code, compared.out, compared.err) == (0, "", "Nothing changed.\n")
    assert call("import", "all.csv").err == "all.csv: all of it is recorded already; nothing was changed\n"


def test_the_file_of_the_source_again_changes_nothing(call, starter, unchanged):
    assert call("export", "-o", "all.csv").code == 0
    assert call("correct", *OVERRIDE).code == 0
    with unchanged(starter):
        for extra in ((), ("--on-change", "revise", "--reason", "r")):
            assert call("import", "all.csv", *extra).err == (
                "all.csv: all of it is recorded already; nothing was changed\n"
            )


def test_a_dropped_share_stays_dropped_and_says_so(call, starter, unchanged):
    assert call("export", "-o", "all.csv").code == 0
    assert call("correct", "drop", *APRIL, "--expect", "3", "--reason", "padding").code == 0
    with unchanged(starter):
        assert call("import", "all.csv").err.splitlines() == [
            f"all.csv: {FACT} was withdrawn (padding), and stays so; --on-change revise brings it back",
            "all.csv: nothing was changed",
        ]
