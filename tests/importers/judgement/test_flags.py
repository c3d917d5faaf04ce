import pytest

from tracker.errors import InvalidValue
from tracker.importers.judgement.flags import FLAGS, status_of
from tracker.values.vocabulary import STATUSES


def test_every_flag_has_a_status():
    assert set(FLAGS.values()) <= set(STATUSES)


@pytest.mark.parametrize(
    ("text", "status"),
    [(None, None), ("A", "A"), ("e", "E"), ("ep", "E"), ("bu", "B"), ("p", "P"), ("a", "A"), ("r", "A")],
)
def test_flags_and_statuses(text, status):
    assert status_of(text) == status


@pytest.mark.parametrize("text", ["y", "normal", "9", "ee9"])
def test_what_is_neither(text):
    with pytest.raises(InvalidValue, match="no status"):
        status_of(text)
