"""Claims: a sentence with figures, held against the stored readings of one series. Pure: no database here."""

from tracker.analysis.claim.amounts import Amount
from tracker.analysis.claim.changes import Pair
from tracker.analysis.claim.elsewhere import Found, Survey, sentence
from tracker.analysis.claim.figures import CANNOT_TELL, CONTRADICTED, SUPPORTED, Judged
from tracker.analysis.claim.question import Figure, Question
from tracker.analysis.claim.stored import Stored, Telling, Whole, page
from tracker.analysis.claim.verdict import Judgement, judge
from tracker.analysis.claim.words import with_words

__all__ = [
    "CANNOT_TELL",
    "CONTRADICTED",
    "SUPPORTED",
    "Amount",
    "Figure",
    "Found",
    "Judged",
    "Judgement",
    "Pair",
    "Question",
    "Stored",
    "Survey",
    "Telling",
    "Whole",
    "judge",
    "page",
    "sentence",
    "with_words",
]
