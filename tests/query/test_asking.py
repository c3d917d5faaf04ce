"""The types of the columns of somebody's own SQL."""

import pytest

import tracker
from importers.databases import load, made

ROWS = (
    "market,entity,period,share,url,source,counted,whole\n"
    "m/x,A,2025-01,40,https://a.org,m,users,open\n"
    "m/x,B,2025-01,<1,https://a.org,m,users,open\n"
)


@pytest.fixture
def t(tmp_path):
    load(made(tmp_path), ROWS)
    with tracker.connect(tmp_path / "tracker.db") as t:
        yield t


SQL = "SELECT entity, period_start, share, low, decimals, sample_size, known_from FROM shares"


@pytest.mark.parametrize("where", ["", " WHERE 0", " WHERE entity = 'B'", " WHERE entity = 'A'"])
def test_the_types_of_our_columns_do_not_hang_on_the_values(t, where):
    assert {name: str(kind) for name, kind in t.sql(SQL + where).dtypes.items()} == {
        **{"entity": "str", "period_start": "str", "known_from": "str", "share": "float64", "low": "float64"},
        **{"decimals": "Int64", "sample_size": "Int64"},
    }


def test_what_is_no_column_of_ours_has_the_type_of_its_values(t):
    found = t.sql("SELECT 1 AS i, 1.5 AS f, 'a' AS s, x'00ff' AS b, NULL AS n")
    assert [str(kind) for kind in found.dtypes] == ["Int64", "float64", "str", "str", "object"]
    assert found["b"].tolist() == ["00ff"]
    assert t.sql("SELECT 1 AS i WHERE 0")["i"].dtype == object
    assert t.sql("SELECT 'a' AS share")["share"].tolist() == ["a"]
    assert t.sql("SELECT value FROM json_each('[1, 2]')")["value"].tolist() == [1, 2]
