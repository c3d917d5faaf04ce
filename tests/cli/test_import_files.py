"""`tracker import`: which files are meant, who reads them, and what becomes of bad rows."""

import io
import json

import pytest

from tracker.cli.boundary import run

HEAD = "file,importer,batch,new,same,revised,conflicting,skipped,rejected,reports,entities,markets"
WIDE = "Month,Chrome,Firefox\n2025-04,66.2,22.6\n2025-05,65.9,23.1\n"
NEW = ("--market", "lab/browsers", "--source", "lab", "--counted", "page views", "--whole", "open")
OURS = """\
market,entity,period,share,url,source,counted,whole
lab/users,Alpha,2025-01,10.0,https://lab.example/1,lab,users,open
lab/users,Alpha,2025-02,20.5,https://lab.example/1,,,
lab/users,Beta,2025-02,<1,https://lab.example/1,,,
"""


@pytest.fixture
def wide(tmp_path):
    (tmp_path / "wide.csv").write_text(WIDE)
    return "wide.csv"


@pytest.fixture
def ours(tmp_path):
    (tmp_path / "ours.csv").write_text(OURS)
    return "ours.csv"


def _summary(result):
    """The rows of the summary, with the names of their columns."""
    head, *rows = result.out.splitlines()
    assert head == HEAD, result.out + result.err
    return [dict(zip(head.split(","), row.split(","), strict=True)) for row in rows]


def _counts(result):
    return {name: int(value) for row in _summary(result) for name, value in row.items() if value.isdigit()}


class TestWhichFiles:
    def test_a_quoted_pattern_is_one_batch_each_in_the_order_of_names(self, call, empty, tmp_path):
        for month in ("03", "01", "02"):
            (tmp_path / f"part-{month}.csv").write_text(OURS.replace("2025-02", f"2024-{month}"))
        result = call("import", "part-*.csv", "part-02.csv", "--format", "csv")
        assert [(row["file"], row["batch"]) for row in _summary(result)] == [
            ("part-01.csv", "1"),
            ("part-02.csv", "2"),
            ("part-03.csv", "3"),
        ]

    def test_a_pattern_reaches_into_folders_and_takes_no_folder(self, call, empty, tmp_path):
        (tmp_path / "a" / "deep.csv").mkdir(parents=True)
        (tmp_path / "a" / "one.csv").write_text(OURS)
        assert [row["file"] for row in _summary(call("import", "**/*.csv", "--format", "csv"))] == ["a/one.csv"]

    def test_a_file_whose_name_is_a_pattern_is_itself(self, call, empty, tmp_path):
        (tmp_path / "data [1].csv").write_text(OURS)
        (tmp_path / "data 1.csv").write_text("nothing")
        assert call("import", "data [1].csv").code == 0

    def test_a_pattern_that_fits_nothing(self, call, empty, unchanged, ours):
        with unchanged(empty):
            result = call("import", ours, "none-*.csv")
        assert (result.code, result.out) == (2, "")
        assert "'none-*.csv' does not exist" in result.err

    def test_standard_input(self, call, empty, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(OURS.encode())))
        result = call("import", "-", "--format", "csv")
        assert (result.code, _summary(result)[0]["file"], _counts(result)["new"]) == (0, "-", 3)

    def test_a_bad_row_of_standard_input_is_written_here(self, call, empty, monkeypatch, tmp_path):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(OURS.replace("20.5", "205").encode())))
        result = call("import", "-", "--skip-bad", "--format", "csv")
        assert (result.code, _counts(result)["rejected"]) == (1, 1)
        assert (tmp_path / "stdin.rejected.csv").exists()


class TestWhoReads:
    def test_ours(self, call, empty, ours):
        assert _summary(call("import", ours, "--importer", "tracker", "--format", "csv"))[0]["importer"] == "tracker"

    def test_an_importer_that_is_not_the_one_of_the_file(self, call, empty, ours, unchanged):
        with unchanged(empty):
            result = call("import", ours, "--importer", "openrouter")
        assert result.code in (1, 2)
        assert "ours.csv" in result.err

    def test_unknown_shows_the_nearest(self, call, empty, ours, unchanged):
        with unchanged(empty):
            result = call("import", ours, "--importer", "statcounters")
        assert (result.code, result.err) == (2, "there is no importer 'statcounters'\nThere is: statcounter.\n")

    def test_nobody_claims_it(self, call, empty, tmp_path, unchanged):
        (tmp_path / "names.csv").write_text("name,email\nAda,ada@example.org\n")
        with unchanged(empty):
            result = call("import", "names.csv")
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("names.csv: no importer knows this table; its first line is 'name,email'\n")
        assert "table (any table" in result.err

    def test_saved_and_used_again(self, call, empty, tmp_path):
        words = ["--map", "entity=Who,date=When,share=Votes", "--date-format", "dmy", "--decimal", ",", *NEW]
        (tmp_path / "old.csv").write_text("When;Who;Votes;Junk\n01.02.2025;Alpha;36,5%;x\n")
        assert call("import", "old.csv", *words, "--save-as", "votes").code == 0
        (tmp_path / "new.csv").write_text("When;Who;Votes;Junk\n02.02.2025;Alpha;37,5%;y\n")
        result = call("import", "new.csv", "--importer", "votes", "--format", "csv")
        assert (result.code, _counts(result)["new"]) == (0, 1), result.err
        told = call("query", "select period_start, share from shares order by 1", "--format", "csv").out
        assert told == "period_start,share\n2025-02-01,36.5\n2025-02-02,37.5\n"

    def test_what_is_said_goes_before_what_was_saved(self, call, empty, wide, tmp_path):
        assert call("import", wide, *NEW, "--save-as", "mine").code == 0
        result = call("import", wide, "--importer", "mine", "--market", "lab/other")
        assert result.code == 0, result.err
        markets = call("query", "select distinct market from shares order by 1", "--format", "csv").out
        assert markets == "market\nlab/browsers\nlab/other\n"

    @pytest.mark.parametrize("words", [["--dry-run"], ["--unit", "fraction"]])
    def test_a_dry_run_or_a_refusal_saves_nothing(self, words, call, empty, wide, unchanged):
        with unchanged(empty):
            call("import", wide, *NEW, "--save-as", "mine", *words)
        assert call("import", wide, "--importer", "mine").code == 2


class TestSkipBad:
    def test_rows_of_a_long_table(self, call, empty, tmp_path):
        bad = OURS.replace("20.5", "205") + 'lab/users,"Ga, mma",2025-13,7,https://lab.example/1,,,\n'
        (tmp_path / "bad.csv").write_text(bad)
        assert call("import", "bad.csv").code == 1
        result = call("import", "bad.csv", "--skip-bad", "--format", "csv")
        counts = _counts(result)
        assert (result.code, counts["new"], counts["rejected"]) == (1, 2, 2), result.err
        assert "Wrote the rejected rows to bad.rejected.csv\n" in result.err
        head, first, second = (tmp_path / "bad.rejected.csv").read_text().splitlines()
        assert head == f"line,reason,{OURS.splitlines()[0]}"
        assert first.startswith('3,"share: a share is 0 to 100 percent, not 205",')
        assert first.endswith(",lab/users,Alpha,2025-02,205,https://lab.example/1,,,")
        assert second.startswith("5,")
        assert '"Ga, mma",2025-13,7' in second

    def test_cells_of_a_wide_table(self, call, empty, tmp_path):
        (tmp_path / "bad.csv").write_text(WIDE.replace("22.6", "226"))
        result = call("import", "bad.csv", *NEW, "--skip-bad", "--format", "csv")
        counts = _counts(result)
        assert (result.code, counts["new"], counts["rejected"]) == (1, 3, 1), result.err
        _, row = (tmp_path / "bad.rejected.csv").read_text().splitlines()
        assert row.startswith("2,")
        assert "Firefox: " in row
        assert row.endswith(",2025-04,66.2,226")

    def test_a_record_of_json_that_stands_on_one_line_with_others(self, call, empty, tmp_path):
        shares = [22.5, 101, 12.5]
        records = [{"Month": f"2025-0{n}", "Chrome": 67.5, "Firefox": share} for n, share in enumerate(shares, 4)]
        (tmp_path / "t.json").write_text(json.dumps(records))
        result = call("import", "t.json", *NEW, "--skip-bad", "--format", "csv")
        counts = _counts(result)
        assert (result.code, counts["new"], counts["rejected"]) == (1, 5, 1), result.err
        _, row = (tmp_path / "t.rejected.csv").read_text().splitlines()
        assert row == '2,"Firefox: a share is 0 to 100 percent, not 101",2025-05,67.5,101'

    def test_nothing_is_written_over(self, call, empty, tmp_path):
        (tmp_path / "bad.csv").write_text(OURS.replace("20.5", "205"))
        (tmp_path / "bad.rejected.csv").write_text("precious")
        assert "bad.rejected-2.csv" in call("import", "bad.csv", "--skip-bad").err
        assert "bad.rejected-3.csv" in call("import", "bad.csv", "--skip-bad").err
        assert (tmp_path / "bad.rejected.csv").read_text() == "precious"

    def test_a_dry_run_writes_no_file(self, call, empty, tmp_path, unchanged):
        (tmp_path / "bad.csv").write_text(OURS.replace("20.5", "205"))
        with unchanged(empty):
            result = call("import", "bad.csv", "--skip-bad", "--dry-run", "--format", "csv")
        assert (result.code, _counts(result)["rejected"]) == (1, 1)

    def test_a_file_that_is_whole_writes_nothing(self, call, empty, ours, tmp_path):
        assert call("import", ours, "--skip-bad").code == 0
        assert not list(tmp_path.glob("*rejected*"))

    def test_what_concerns_the_whole_file_refuses_it(self, call, empty, tmp_path, unchanged):
        (tmp_path / "bad.csv").write_text(f"{OURS.splitlines()[0]},url\n")
        with unchanged(empty):
            assert call("import", "bad.csv", "--skip-bad").code == 1


class TestDryRun:
    def test_it_counts_everything(self, call, empty, ours, tmp_path, unchanged):
        assert call("import", ours).code == 0
        (tmp_path / "next.csv").write_text(
            OURS.replace("20.5", "21.5")
            + "lab/users,Gamma,2025-03,5,https://lab.example/1,,,\nlab/users,Alpha,2025-03,x,https://lab.example/1,,,\n"
        )
        with unchanged(empty):
            result = call("import", "next.csv", "--dry-run", "--format", "csv")
        counts = _counts(result)
        assert result.code == 1
        assert [counts[name] for name in ("new", "same", "revised", "conflicting", "rejected", "entities")] == [
            *(1, 2, 0, 1, 1, 1)
        ]
        assert "would be new entities: Gamma (product)\n" in result.err
        assert "would be refused: line 3, column share: '21.5'" in result.err
        assert "would be refused: line 6, column share: 'x'" in result.err
        assert "--on-change revise" in result.err

    def test_revisions_are_listed(self, call, empty, ours, tmp_path, unchanged):
        assert call("import", ours).code == 0
        (tmp_path / "next.csv").write_text(OURS.replace("20.5", "21.5"))
        with unchanged(empty):
            result = call("import", "next.csv", "--dry-run", "--on-change", "revise", "--format", "csv")
        assert (result.code, _counts(result)["revised"]) == (0, 1)
        assert "Alpha, lab/users, 2025-02: 20.5% would become 21.5%\n" in result.err

    def test_a_new_market_is_listed(self, call, empty, wide, unchanged):
        with unchanged(empty):
            result = call("import", wide, *NEW, "--dry-run", "--format", "csv")
        assert (result.code, _counts(result)["markets"]) == (0, 1)
        assert "wide.csv: would be new markets: lab/browsers\n" in result.err
        assert "wide.csv: would be new entities: Chrome (product), Firefox (product)\n" in result.err

    def test_files_of_one_call_do_not_see_each_other(self, call, empty, ours, tmp_path, unchanged):
        (tmp_path / "again.csv").write_text(OURS)
        with unchanged(empty):
            result = call("import", ours, "again.csv", "--dry-run", "--format", "csv")
        assert [row["new"] for row in _summary(result)] == ["3", "3"]


def test_progress_is_never_shown_in_a_pipe(call, empty, tmp_path):
    rows = "".join(f"2{year:03},66.{year % 10},22.6\n" for year in range(25))
    (tmp_path / "wide.csv").write_text("Year,Chrome,Firefox\n" + rows)
    result = call.spawn("import", "wide.csv", *NEW)
    assert result.code == 0, result.err
    assert "\r" not in result.err
    assert "\x1b" not in result.err


def test_progress_is_shown_where_it_is_wanted(capsys):
    from tracker.cli.importing import watching

    with watching("long.csv", wanted=True) as progress:
        progress(1)
        assert capsys.readouterr().err == ""
    watch = watching("long.csv", wanted=True)
    watch.next = 0
    with watch as progress:
        progress(123_000)
    assert capsys.readouterr().err.strip() == "long.csv: line 123,000"
    with watching("long.csv", wanted=None) as progress:
        assert progress is None


class TestReadingOptions:
    """Each option changes what is stored."""

    def _stored(self, call, name, *words):
        result = call("import", name, *NEW, *words)
        assert result.code == 0, result.err
        sql = "select entity, period, share from shares order by 1, 2"
        return [tuple(row.values()) for row in json.loads(call("query", sql, "--format", "json").out)]

    def _file(self, tmp_path, text, encoding="utf-8", name="t.csv"):
        (tmp_path / name).write_text(text, encoding=encoding)
        return name

    def test_map(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Who,When,A,B\nAlpha,2025-04,1.5,70\nBeta,2025-04,2.5,80\n")
        found = self._stored(call, name, "--map", "entity=Who,date=When,share=A")
        assert found == [("Alpha", "2025-04", 1.5), ("Beta", "2025-04", 2.5)]

    @pytest.mark.parametrize("text", ["entity", "entity=", "who=A", "entity=A,,"])
    def test_a_map_that_is_none(self, text, call, empty, wide, unchanged):
        with unchanged(empty):
            result = call("import", wide, *NEW, "--map", text)
        assert (result.code, result.out) == (2, "")

    def test_a_map_to_a_column_that_is_not_there(self, call, empty, wide, unchanged):
        with unchanged(empty):
            result = call("import", wide, *NEW, "--map", "date=Mont")
        assert result.code == 1
        assert "is no column here; near it: Month" in result.err

    def test_only(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Month,Scope,Chrome,Firefox\n2025-04,all,66.2,22.6\n2025-04,young,50.1,30.5\n")
        found = self._stored(call, name, "--only", "Scope=young", "--map", "date=Month,ignore=Scope")
        assert found == [("Chrome", "2025-04", 50.1), ("Firefox", "2025-04", 30.5)]

    @pytest.mark.parametrize(("unit", "expected"), [("percent", 0.5), ("fraction", 50.0), ("permille", 0.05)], ids=str)
    def test_unit(self, unit, expected, call, empty, tmp_path):
        name = self._file(tmp_path, "Month,Chrome,Firefox\n2025-04,0.5,0.25\n2025-05,0.5,0.25\n")
        refused = call("import", name, *NEW)
        assert refused.code == 1
        assert "--unit" in refused.err
        assert self._stored(call, name, "--unit", unit)[0] == ("Chrome", "2025-04", expected)

    @pytest.mark.parametrize(("form", "expected"), [("dmy", "2025-02-01"), ("mdy", "2025-01-02")])
    def test_date_format(self, form, expected, call, empty, tmp_path):
        name = self._file(tmp_path, "Day,Chrome,Firefox\n01-02-2025,66.2,22.6\n")
        refused = call("import", name, *NEW)
        assert refused.code == 1
        assert "--date-format" in refused.err
        assert self._stored(call, name, "--date-format", form)[0] == ("Chrome", expected, 66.2)

    def test_a_date_format_of_ones_own(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Day,Chrome,Firefox\n25|02|01,66.2,22.6\n")
        found = self._stored(call, name, "--date-format", "%y|%m|%d", "--map", "date=Day")
        assert found[0] == ("Chrome", "2025-02-01", 66.2)

    def test_decimal(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Month;Chrome;Firefox\n2025-04;12,345;23,456\n")
        refused = call("import", name, *NEW)
        assert refused.code == 1
        assert "--decimal" in refused.err
        assert self._stored(call, name, "--decimal", ",")[0] == ("Chrome", "2025-04", 12.345)

    def test_thousands(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Month;Who;Share %;N\n2025-04;Alpha;36.5;2.502\n2025-05;Alpha;37.5;1.001\n")
        words = ["--map", "entity=Who,date=Month,share=Share %,sample_size=N"]
        refused = call("import", name, *NEW, *words)
        assert refused.code == 1
        assert "--thousands" in refused.err

    def test_null(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Month,Chrome,Firefox\n2025-04,66.2,xx\n2025-05,65.9,23.1\n2025-06,66,23\n")
        assert call("import", name, *NEW).code == 1
        assert ("Firefox", "2025-04") not in [row[:2] for row in self._stored(call, name, "--null", "xx")]

    def test_encoding(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Month,Türkiye,Peru\n2025-04,66.2,22.6\n", encoding="mac-roman")
        refused = call("import", name, *NEW)
        assert refused.code == 1
        assert "Türkiye with --encoding mac-roman" in refused.err
        assert ("Türkiye", "2025-04", 66.2) in self._stored(call, name, "--encoding", "mac-roman")

    def test_an_encoding_that_is_none(self, call, empty, wide, unchanged):
        with unchanged(empty):
            result = call("import", wide, *NEW, "--encoding", "klingon")
        assert result.code in (1, 2)
        assert "'klingon' is no encoding" in result.err

    def test_sheet(self, call, empty, tmp_path):
        from openpyxl import Workbook

        book = Workbook()
        for title, share in (("one", 11.5), ("two", 22.5)):
            sheet = book.create_sheet(title)
            sheet.append(["Month", "Chrome", "Firefox"])
            sheet.append(["2025-04", share, 40.5])
        book.save(tmp_path / "book.xlsx")
        refused = call("import", "book.xlsx", *NEW)
        assert refused.code == 1
        assert "several sheets hold something: one, two" in refused.err
        assert self._stored(call, "book.xlsx", "--sheet", "two")[0] == ("Chrome", "2025-04", 22.5)

    def test_repeats(self, call, empty, tmp_path):
        name = self._file(tmp_path, "Month,Chrome,Firefox\n2025-04,66.2,22.6\n2025-04,66.3,22.6\n")
        refused = call("import", name, *NEW)
        assert refused.code == 1
        assert "contradicts line 2" in refused.err
        assert "--repeats keep" in refused.err
        assert self._stored(call, name, "--repeats", "keep")[0] == ("Chrome", "2025-04", 66.2)
        assert call("query", "select share from reports", "--format", "csv").out == "share\n66.3\n"

    def test_url(self, call, empty, wide):
        self._stored(call, wide, "--url", "https://lab.example/data")
        told = call("query", "select distinct url from shares", "--format", "csv")
        assert told.code == 0, told.err
        assert told.out == "url\nhttps://lab.example/data\n"

    def test_region_platform_population_and_frequency_of_a_new_market(self, call, empty, wide):
        more = ["--region", "Peru", "--platform", "mobile", "--population", "adults", "--frequency", "monthly"]
        self._stored(call, wide, *more)
        shown = call("market", "show", "lab/browsers").out
        for word in ("Peru", "mobile", "adults", "monthly", "page views"):
            assert word in shown


def test_our_csv_of_another_market_than_was_asked_for(call, empty, ours, unchanged):
    with unchanged(empty):
        result = call("import", ours, "--market", "lab/other")
    assert result.code == 1
    assert "line 2, column market: 'lab/users' is not lab/other, which --market asks for" in result.err


def test_hints_name_the_database(tmp_path, capsys, ours):
    assert run(["init", "--empty", "--db", "my.db"]) == 0
    (tmp_path / "mine.csv").write_text(OURS.replace("lab,users,open", ",,"))
    assert run(["import", "mine.csv", "--db", "my.db"]) == 1
    assert "tracker market add --db my.db lab/users" in capsys.readouterr().err


def test_a_column_of_which_every_share_is_bad_takes_no_other_share_with_it(call, starter, tmp_path):
    (tmp_path / "wide.csv").write_text("Month,A,B\n2025-01,60,101\n2025-02,61,102\n")
    words = ("--market", "x/m", "--counted", "c", "--whole", "open", "--skip-bad", "--format", "csv")
    assert call("import", "wide.csv", *words, "--db", starter).code == 1
    sql = "select entity, period, share from shares where market = 'x/m' order by period"
    assert call("query", sql, "--format", "csv", "--db", starter).out.splitlines()[1:] == [
        "A,2025-01,60.0",
        "A,2025-02,61.0",
    ]


def test_an_unknown_importer_that_is_like_a_saved_mapping(call, starter, tmp_path):
    (tmp_path / "wide.csv").write_text("Month,A,B\n2025-01,60,30\n")
    words = ("--market", "x/m", "--counted", "c", "--whole", "open", "--save-as", "browsers")
    assert call("import", "wide.csv", *words, "--db", starter).code == 0
    result = call("import", "wide.csv", "--importer", "browser", "--db", starter)
    assert (result.code, "browsers" in result.err) == (2, True)
