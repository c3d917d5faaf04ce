"""Retold figures that give way to the source's own: kept as reports, known when they come again, and exported."""

from importers.databases import ask, data, export, load, made, without_times
from tracker.importers.policy import Policy
from tracker.starter import FACTS

FILE = "statcounter_ai_chatbot-ww-monthly-202301-202609.csv"
ITSELF = Policy(primary_prevails=True)
JULY = (
    "SELECT share, citation_kind FROM {} WHERE market LIKE '%chatbot-ww' AND entity = 'ChatGPT' AND period = '2025-07'"
)


def test_the_statcounter_export_over_the_starter_data(tmp_path):
    path = made(tmp_path)
    load(path, FACTS)
    outcome = load(path, data(FILE), ITSELF)
    assert ask(path, JULY.format("shares")) == [(82.65, "primary")]
    assert ask(path, JULY.format("reports")) == [(82.69, "secondary")]
    counts = ask(path, "SELECT revised, reported FROM batch WHERE id = 2")
    competing = ask(path, "SELECT count(*) FROM reports WHERE stance = 'competes' AND market LIKE '%chatbot-ww'")
    assert counts == [(12, 16)]
    assert competing == [(len(outcome.plan.displaced),)] == [(12,)]
    before = path.read_bytes()
    assert load(path, data(FILE), ITSELF).batch is None
    assert load(path, FACTS, ITSELF).batch is None
    assert path.read_bytes() == before


def test_what_is_kept_beside_goes_round(tmp_path):
    path, other = made(tmp_path), made(tmp_path, "other.db")
    load(path, FACTS)
    load(path, data(FILE), ITSELF)
    load(other, export(path))
    assert without_times(export(other)) == without_times(export(path))
    before = other.read_bytes()
    assert load(other, data(FILE), ITSELF).batch is None
    assert load(other, FACTS, ITSELF).batch is None
    assert other.read_bytes() == before


def test_any_order_of_pages_that_compete_comes_to_the_same(tmp_path):
    head = "market,entity,period,share,url,published,citation_kind,source,counted,whole\n"
    lines = [
        "poe/a,R1,2025-02,7,https://a.org,2025-03-01,secondary,poe,messages,open\n",
        "poe/a,R1,2025-02,8,https://b.org,2025-04-01,secondary,poe,messages,open\n",
        "poe/a,R1,2025-02,9,https://poe.com,2025-02-01,primary,poe,messages,open\n",
    ]
    for number, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1))):
        path = made(tmp_path, f"{number}.db")
        for place in order:
            load(path, head + lines[place], Policy("compete"))
        assert ask(path, "SELECT share FROM shares") == [(9.0,)]
        assert ask(path, "SELECT share FROM reports ORDER BY share") == [(7.0,), (8.0,)]
