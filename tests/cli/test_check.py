"""`tracker check`: silent when clean, else each finding with its remedy, which can be pasted."""

import json
import shlex
import sqlite3

import pytest

MARKET = ("--market", "s/m", "--url", "https://s.org/", "--new-entities")


@pytest.fixture
def market(empty, call):
    """A closed market of a source of its own."""
    assert call("source", "add", "s", "--title", "S").code == 0
    assert call("market", "add", "s/m", "--source", "s", "--counted", "things", "--whole", "closed").code == 0
    return empty


def add(call, entity, share, period, *words):
    result = call("add", entity, share, "--date", period, *MARKET, *words)
    assert result.code == 0, result.err


def silent(result):
    return (result.code, result.out, result.err) == (0, "", "")


def test_clean_is_silent(market, call):
    add(call, "A", "60", "2025-01")
    add(call, "B", "40", "2025-01")
    assert silent(call("check"))
    assert call("check", "--format", "json").out == "[]\n"
    assert call("check", "--format", "csv").out == "check,market,entity,period,finding,remedy\n"
    assert silent(call("check", "--db", market))


def test_a_finding_has_one_line_and_its_remedy_below(market, call):
    add(call, "DeepSeek R1", "60", "~2025-01-15")
    add(call, "B", "41.5", "~2025-01-15")
    result = call("check")
    assert (result.code, result.err) == (1, "1 finding; what each check looks for: tracker check --list\n")
    assert result.out == (
        "sums: 1 finding\n"
        "  s/m, ~2025-01-15: 2 parts sum to 101.5, 1.5 above 100; rounding explains up to 0.55\n"
        "    tracker waive sums --market s/m --period '~2025-01-15' --reason '...'\n"
    )
    assert silent(call("check", "gaps", "names"))
    assert silent(call("check", "--market", "s/m", "jumps"))


def test_findings_as_csv_and_json(market, call):
    add(call, "A", "60", "2025-01")
    remedy = "tracker waive sums --market s/m --period 2025-01 --reason '...'"
    finding = "its one part is 60, 40 short of 100; rounding explains up to 0.5"
    result = call("check", "--format", "json")
    assert (result.code, result.err) == (1, "")
    assert json.loads(result.out) == [
        {"check": "sums", "market": "s/m", "entity": None, "period": "2025-01", "finding": finding, "remedy": remedy}
    ]
    assert call("check", "--format", "csv").out.splitlines()[1] == f'sums,s/m,,2025-01,"{finding}",{remedy}'


def test_the_database_that_was_named_is_in_the_remedy(market, call, tmp_path):
    add(call, "A", "60", "2025-01")
    place = market.rename(tmp_path / "a b.db")
    result = call("check", "--db", "a b.db", "--format", "json")
    remedy = json.loads(result.out)[0]["remedy"]
    assert remedy.endswith("--reason '...' --db 'a b.db'")
    assert call(*shlex.split(remedy)[1:]).code == 0
    assert silent(call("check", "--db", place))


def test_every_remedy_of_the_starter_data_can_be_pasted(starter, call):
    found = json.loads(call("check", "--format", "json").out)
    assert {finding["check"] for finding in found} == {
        *("sums", "precision", "gaps", "retellings", "conflicts", "overlap"),
    }
    for finding in found:
        assert call(*shlex.split(finding["remedy"])[1:]).code == 0, finding
    assert silent(call("check"))


def test_the_remedies_that_mend(market, call):
    for month in range(1, 13):
        add(call, "A 1", f"{60 + month % 2 / 10}", f"2025-{month:02d}")
        add(call, "B", f"{40 - month % 2 / 10}" if month < 12 else "2.0", f"2025-{month:02d}")
    add(call, "B", "2.1", "~2025-12")
    add(call, "a-1", "60.0", "2026-02")
    for month in ("2024-11", "2024-12"):
        add(call, "A 1", "0", month)
        add(call, "B", "0.00", month)
    add(call, "C", "0", "2025-12")
    add(call, "C", "3.1", "2026-01")
    checks = ("jumps", "duplicates", "zeros", "names")
    found = json.loads(call("check", *checks, "--format", "json").out)
    assert [finding["remedy"] for finding in found] == [
        "tracker retract B --market s/m --date '~2025-12' --reason '...'",
        "tracker correct flag B --market s/m --entity B --date 2025-12 --expect 2.0 --reason '...'",
        "tracker correct drop --market s/m --from 2024-11 --to 2024-12 --expect 0 --reason '...'",
        "tracker correct drop --market s/m --entity C --date 2025-12 --expect 0 --reason '...'",
        "tracker entity merge a-1 'A 1' --reason '...'",
    ]
    for finding in found:
        result = call(*shlex.split(finding["remedy"])[1:])
        assert result.code == 0, result.err
    assert silent(call("check", *checks))


def test_one_market_is_looked_at_alone(market, call):
    add(call, "A", "60", "2025-01")
    assert call("market", "add", "s/n", "--source", "s", "--counted", "x", "--whole", "closed").code == 0
    assert silent(call("check", "sums", "--market", "s/n"))
    assert call("check", "sums", "--market", "s/n", "--market", "s/m").code == 1
    assert call("check").out == (
        "sums: 1 finding\n"
        "  s/m, 2025-01: its one part is 60, 40 short of 100; rounding explains up to 0.5\n"
        "    tracker waive sums --market s/m --period 2025-01 --reason '...'\n"
        "\n"
        "orphans: 1 finding\n"
        "  s/n: unused market: no share is recorded in this market\n"
        "    tracker waive orphans --market s/n --reason '...'\n"
    )


def test_the_list_says_what_and_why(empty, call):
    from tracker.checks.registry import CHECKS

    result = call("check", "--list")
    assert (result.code, result.err) == (0, "")
    heads = [line.split()[0] for line in result.out.splitlines() if not line.startswith(" ")]
    assert heads == [check.name for check in CHECKS]
    assert result.out.count("Why: ") == len(CHECKS)
    assert max(map(len, result.out.splitlines())) <= 110
    rows = json.loads(call("check", "--list", "stale", "--format", "json").out)
    assert [sorted(row) for row in rows] == [["check", "looks_for", "why"]]


def test_an_unknown_check_is_a_usage_error_with_the_nearest(empty, call):
    result = call("check", "gap", "sums")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "Usage: tracker check [OPTIONS] [NAME]...\n"
        "There is no check 'gap'; near it: gaps.\n"
        "See them all: tracker check --list\n"
    )


def test_an_unknown_market_is_refused(starter, call):
    result = call("check", "--market", "poe/text")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("there is no market 'poe/text'; near it: poe/text-messages")


def test_no_database(call):
    assert call("check").code == 3


def test_names_that_others_wrote_are_harmless(market, call):
    add(call, "A\x1b[31m", "60", "2025-01")
    add(call, "a\x1b[31m", "40", "2025-01")
    assert "\x1b" not in call("check").out


def test_damage_has_no_remedy_but_a_copy(starter, call):
    with sqlite3.connect(starter) as connection:
        connection.execute("DELETE FROM citation WHERE id = (SELECT min(citation_id) FROM observation)")
    connection.close()
    result = call("check", "integrity")
    assert result.code == 1
    assert "of observation to citation lead nowhere; take a copy from before the damage" in result.out
    assert "\n    " not in result.out


def test_a_check_reads_and_writes_nothing(starter, call, unchanged):
    with unchanged(starter):
        assert call("check").code == 1


def test_a_market_that_nothing_is_left_of(call, starter):
    assert call("undo", 1).code == 0
    result = call("check", "gaps")
    assert (result.code, result.out, result.err) == (0, "", "")
