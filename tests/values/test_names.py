import unicodedata

import pytest
from hypothesis import given

from strategies import odd_texts
from tracker.values.names import clean, fold, nearest, resembles, same_letters

DECOMPOSED = unicodedata.normalize("NFD", "Türkiye")


def test_one_spelling():
    assert clean(f"  {DECOMPOSED}\t AI\n") == "Türkiye AI"


@given(odd_texts)
def test_cleaning_and_folding_twice_is_once(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Deepseek", "DeepSeek"),
        ("ＤｅｅｐＳｅｅｋ", "deepseek"),
        (DECOMPOSED, "TÜRKIYE"),
        ("Straße", "STRASSE"),
        ("a  b", "A B"),
    ],
)
def test_names_that_fold_to_one(name, other):
    assert fold(name) == fold(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Deepseek", "DeepSeek"),
        ("Deep-Seek", "DeepSeek"),
        ("Deep Seek", "DeepSeek"),
        ("DeepSekk", "DeepSeek"),
        ("DeepSeeek", "DeepSeek"),
        ("DepSeek", "DeepSeek"),
        ("DeepSeke", "DeepSeek"),
        ("Iceland", "Ireland"),
        ("Turkiye", "Türkiye"),
        ("GPT-４", "GPT-4"),
    ],
)
def test_likely_one_misspelt(name, other):
    assert resembles(name, other)
    assert resembles(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Zambia", "Gambia"),
        ("Niger", "Nigeria"),
        ("GPT-4", "GPT-5"),
        ("GPT-4", "GPT-4o"),
        ("Claude 3.5 Sonnet", "Claude 3.7 Sonnet"),
        ("Mali", "Malt"),
        ("Poe", "Pi"),
        ("+", "-"),
        ("", "DeepSeek"),
    ],
)
def test_two_different_names(name, other):
    assert not resembles(name, other)
    assert not resembles(other, name)


def test_same_letters_sees_no_typing_slip():
    assert same_letters("GPT 4", "gpt-4")
    assert not same_letters("DeepSekk", "DeepSeek")


def test_nearest_first_and_nothing_that_is_far():
    known = ["poe/text-messages", "poe/images", "openrouter/tokens"]
    assert nearest("poe/text-mesages", known)[0] == "poe/text-messages"
    assert nearest("zzz", known) == []
    assert len(nearest("poe", known, count=1)) == 1
