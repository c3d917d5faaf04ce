import pytest

from importers.databases import ask, data, made
from importers.families import becomes_its_export, parsed, problems, shares, stored
from tracker.errors import RejectedInput, UsageProblem
from tracker.importers.policy import Policy

HEAD = "Pollster,Start,End,Sample Size,Union,SPD"
GERMAN = "german_polls_2012-2020_semicolon.csv"
EUROPEAN = "eopaod_german_polls_excerpt.csv"


def read(text, market="bundestag", **asked):
    return parsed(text, importer="polls", market=market, **asked)


def test_the_sample_becomes_its_committed_export(tmp_path):
    assert becomes_its_export(tmp_path, "polls/state-polls.csv", market="bundestag")


def test_a_pollster_is_the_source_of_a_market_of_its_own():
    told = read(f"{HEAD}\nForsa,2020-03-16,2020-03-20,2504,32%,15%\nINSA,2020-03-13,2020-03-16,2049,28.5%,14.5%\n")
    assert [(one.slug, one.source, one.counted, one.whole) for one in told.markets] == [
        ("forsa/bundestag", "forsa", "respondents", "closed"),
        ("insa/bundestag", "insa", "respondents", "closed"),
    ]
    assert shares(told)[0] == (2, "forsa/bundestag", "Union", "2020-03-16/2020-03-20", "32")
    assert [one.told.sample_size for one in told.entries] == [2504, 2504, 2049, 2049]


@pytest.mark.parametrize(
    "name", ["Institute", "Polling Firm", "pollster", "Institut", "Firm", "Polling organisation", "Umfrageinstitut"]
)
def test_names_of_the_column_that_says_who_asked(name):
    assert parsed(f"Date,{name},A,B\n2020-01-02,X,60,40\n", market="m").markets[0].slug == "x/m"


def test_without_a_name_the_refusal_asks_for_the_one_option():
    with pytest.raises(UsageProblem, match="--market NAME"):
        read(f"{HEAD}\nForsa,2020-03-16,2020-03-20,2504,32%,15%\n", market=None)


def test_what_is_no_party_is_left_out_and_said():
    told = read("Firm,Date,Commissioners,Participation,Precision,Lead,A,B\nX,2020-01-02,ZDF,76%,1%,20%,60%,40%\n")
    assert [entry.told.entity for entry in told.entries] == ["A", "B"]
    assert "columns that are no parties were left out: Commissioners, Participation, Precision, Lead" in told.notes


def test_one_row_for_each_party():
    told = read("pollster,end_date,sample_size,party,pct\nX,2020-01-02,900,A,60\nX,2020-01-02,900,B,40\n")
    assert shares(told) == [(2, "x/bundestag", "A", "2020-01-02", "60"), (3, "x/bundestag", "B", "2020-01-02", "40")]


def test_a_total_near_100_is_the_sum_and_no_sample():
    told = read("Firm,Date,A,B,Total\nX,2020-01-02,60,40,100\nX,2020-01-03,61,39,100\n")
    assert {entry.told.sample_size for entry in told.entries} == {None}
    assert {entry.told.entity for entry in told.entries} == {"A", "B"}


def test_spans_of_days_as_they_are_printed():
    told = read("Pollster,Fieldwork,A,B\nX,12–18 Mar 2020,60,40\nX,28 Feb – 2 Mar 2020,61,39\nX,5 Mar 2020,62,38\n")
    assert [entry.told.period.start.isoformat() for entry in told.entries[::2]] == [
        "2020-03-12", "2020-02-28", "2020-03-05",
    ]  # fmt: skip


def test_a_start_after_the_end_is_an_error():
    told = read(f"{HEAD}\nForsa,2020-03-20,2020-03-16,2504,32%,15%\n")
    assert problems(told) == [(2, "End", "2020-03-16")]
    assert "before it starts" in told.problems[0].message


def test_a_day_that_is_missing_makes_the_period_vague():
    told = read(f"{HEAD}\nForsa,Not Available,2020-03-20,2504,32%,15%\n")
    assert {entry.told.period.precision for entry in told.entries} == {"approx"}
    assert any("only a first or only a last day" in note for note in told.notes)


def test_the_day_of_publication_is_of_the_citation():
    told = read("Pollster,Date,Published,A,B\nX,2020-01-02,13/01/2020,60,40\n")
    assert {str(entry.told.citation.published) for entry in told.entries} == {"2020-01-13"}


@pytest.mark.parametrize("size", ["2.502", "2,502", "2 502", "2502"])
def test_a_sample_size_with_a_mark_of_thousands(size):
    told = read(f"Firm;Date;n;A;B\nX;2020-01-02;{size};60;40\n")
    assert {entry.told.sample_size for entry in told.entries} == {2502}


def test_polls_of_several_areas_are_not_mixed():
    text = "Firm,Date,Scope,A,B\nX,2020-01-02,National,60,40\nX,2020-01-02,European,50,50\n"
    with pytest.raises(RejectedInput, match="several wholes: 'European', 'National'") as refused:
        read(text)
    assert "--only 'Scope=National'" in refused.value.hint
    assert len(read(text, only={"Scope": ("National",)}).entries) == 2
    assert {one.slug for one in read(text, columns={"region": ("Scope",)}).markets} == {
        "x/bundestag-national", "x/bundestag-european",
    }  # fmt: skip


def test_two_spellings_of_a_pollster_are_one():
    told = read("Firm,Date,A,B\nYougov,2020-01-02,60,40\nYouGov,2020-01-03,60,40\n")
    assert [(one.slug, one.title) for one in told.sources] == [("yougov", "Yougov")]


def test_a_pollster_is_always_named():
    with pytest.raises(RejectedInput) as refused:
        read("Firm,Date,A,B\nX,2020-01-02,60,40\n-,2020-01-03,60,40\n")
    assert problems(refused.value) == [(3, "Firm", "-")]


class TestRepeats:
    TEXT = f"{HEAD}\nX,2020-02-01,2020-02-12,1262,9.0%,3.5%\nX,2020-02-01,2020-02-12,1262,8%,3.5%\n"

    def test_they_are_refused_with_both_lines(self, tmp_path):
        with pytest.raises(RejectedInput) as refused:
            stored(made(tmp_path), self.TEXT, market="m", importer="polls")
        assert [(one.line, one.message) for one in refused.value.problems] == [
            (3, "contradicts line 2, Union in x/m, 2020-02-01/2020-02-12: share 9.0% on line 2, 8% is given")
        ]
        assert "--repeats keep" in refused.value.hint

    def test_kept_they_compete_with_the_first(self, tmp_path):
        path = made(tmp_path)
        outcome = stored(path, self.TEXT, market="m", importer="polls", keep_repeats=True)
        assert (len(outcome.plan.added), len(outcome.plan.reported), len(outcome.plan.same)) == (2, 1, 1)
        assert ask(path, "SELECT share, citation.place FROM report JOIN citation ON citation.id = citation_id") == [
            (8.0, "line 3")
        ]
        assert stored(path, self.TEXT, market="m", importer="polls", keep_repeats=True).batch is None

    def test_a_sample_size_that_differs_is_kept_too(self, tmp_path):
        path = made(tmp_path)
        text = f"{HEAD}\nX,2020-02-01,2020-02-12,1262,9%,3%\nX,2020-02-01,2020-02-12,1300,9%,3%\n"
        with pytest.raises(RejectedInput, match="sample size"):
            stored(path, text, market="m", importer="polls")
        assert len(stored(path, text, market="m", importer="polls", keep_repeats=True).plan.reported) == 2
        assert ask(path, "SELECT DISTINCT note FROM report") == [("sample size 1300",)]


def test_the_german_polls(tmp_path):
    path, file = made(tmp_path), data(GERMAN)
    with pytest.raises(RejectedInput, match="--repeats keep") as refused:
        stored(path, file, market="bundestag")
    pairs = {(one.line, one.message.partition(",")[0]) for one in refused.value.problems}
    assert pairs == {(second, f"contradicts line {second - 1}") for second in (127, 157, 161, 1206)}
    outcome = stored(path, file, market="bundestag", keep_repeats=True)
    made_of = outcome.plan
    assert len(made_of.added) + len(made_of.reported) + len(made_of.same) == 10_403
    assert sum("competes with line" in note for note in outcome.notes) == 4
    polls = "SELECT share, sample_size FROM shares WHERE market = '{}' AND entity = 'UNION' AND period = '{}'"
    assert ask(path, polls.format("forsa/bundestag", "2020-11-07")) == [(36.0, 2502)]
    assert ask(path, polls.format("allensbach/bundestag", "2020-10-23"))[0][0] == 35.5


def test_the_european_polls(tmp_path):
    path, file = made(tmp_path), data(EUROPEAN)
    with pytest.raises(RejectedInput) as refused:
        stored(path, file, market="bundestag")
    told = {one.message.partition(" in ")[0] for one in refused.value.problems}
    # 13.0 and 13 are printed with another exactness, which is told too.
    exactness = {"contradicts line 22, Alternative für Deutschland", "contradicts line 22, BÜNDNIS 90/DIE GRÜNEN"}
    assert told == {"contradicts line 22, FDP", "contradicts line 22, Other"} | exactness
    outcome = stored(path, file, market="bundestag", keep_repeats=True)
    made_of = outcome.plan
    assert len(made_of.added) + len(made_of.reported) + len(made_of.same) == 231
    assert {(one.entry.line, one.before.line) for one in made_of.duplicates} >= {(18, 16)}
    where = "market = 'forsa/bundestag' AND entity = 'Union' AND period = '2020-03-16/2020-03-20'"
    assert ask(path, f"SELECT share, sample_size FROM shares WHERE {where}") == [(32.0, 2504)]


def test_both_files_go_into_one_database(tmp_path):
    path = made(tmp_path)
    stored(path, data(GERMAN), market="bundestag", keep_repeats=True)
    stored(path, data(EUROPEAN), policy=Policy(new_entities=True), market="bundestag", keep_repeats=True)
    assert ask(path, "SELECT title FROM source WHERE slug = 'yougov'") == [("Yougov",)]
