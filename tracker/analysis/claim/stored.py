"""What stands in the database, as far as a claim needs it: a share with its whole, its page and what else is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.analysis.claim.spans import Span, span_of
from tracker.analysis.reading import Reading
from tracker.values import Citation, Period, Share

LONGEST = 3
"""Words of a title that can still be said with an apostrophe."""

KINDS = {"primary": "the source itself", "secondary": "retold"}


@dataclass(frozen=True, slots=True)
class Whole:
    """What the shares of a market are shares of.

    Parameters
    ----------
    market : str
        Slug.
    source : str
        Title of who measured.
    counted, whole : str
        What is counted, and how the parts make a whole.
    among : str
        Population, region and platform, as far as they are known.
    """

    market: str
    source: str
    counted: str
    whole: str
    among: str = ""

    @property
    def unit(self) -> str:
        """What stands behind a number: nothing for an index, which is no share of anything."""
        return "" if self.whole == "index" else "%"

    @property
    def measure(self) -> str:
        """What one has of it: ``share of Poe's text messages``."""
        short = len(self.source.split()) <= LONGEST
        of = f"{possessive(self.source)} {self.counted}" if short else f"{self.counted} by {self.source}"
        return f"{'index' if self.whole == 'index' else 'share'} of {of}"

    def __str__(self) -> str:
        what = "index, peak = 100, of" if self.whole == "index" else "% of"
        among = f" ({self.among})" if self.among else ""
        return f"{self.market}: {what} {self.counted}{among}, {self.whole}, as {self.source} has it"


@dataclass(frozen=True, slots=True)
class Telling:
    """What else is, or was, said of one fact.

    Parameters
    ----------
    how : str
        ``report``: another page says so. ``printed``: the source prints so, and was corrected here.
        ``earlier``: so it stood here before it was revised.
    share : Share
        In percent.
    citation : Citation
        Where.
    until : str
        For ``earlier``: until when, UTC. For ``printed``: why it was corrected.
    """

    how: str
    share: Share
    citation: Citation
    until: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored share.

    Parameters
    ----------
    whole : Whole
        What it is a share of.
    entity : str
        Whose.
    period : Period
        When.
    share : Share
        In percent.
    citation : Citation
        Where it was read.
    status : str
        SDMX observation status.
    batch : int
        The batch that wrote it.
    tellings : tuple of Telling
        What else is said of the same fact.
    """

    whole: Whole
    entity: str
    period: Period
    share: Share
    citation: Citation
    status: str = "A"
    batch: int = 0
    tellings: tuple[Telling, ...] = ()

    @property
    def printed(self) -> str:
        """The share with its unit and its period."""
        return f"{self.share}{self.whole.unit} ({self.period})"

    @property
    def level(self) -> Decimal:
        """Number to order it by: the middle of what it can mean."""
        span = span_of(self.share)
        return (span.low + span.high) / 2

    def others(self, *, agreeing: bool) -> tuple[Telling, ...]:
        """Return what further pages report, the same or otherwise."""
        reports = [telling for telling in self.tellings if telling.how == "report"]
        return tuple(told for told in reports if self.share.agrees(told.share) is agreeing)

    def reading(self, share: Share | None = None) -> Reading:
        """Return it as a reading, with its own share or another, and with all that the share can mean."""
        shown = share or self.share
        span, period = span_of(shown), self.period
        return Reading(
            self.entity,
            period.start,
            period.end,
            period.precision,
            *period.reach(),
            str(shown),
            shown.value,
            float(span.low),
            float(span.high),
            shown.qualifier,
            self.status,
        )


def by_time(series: Iterable[Stored]) -> list[Stored]:
    """Order readings by the middle of their days."""
    return sorted(series, key=lambda one: (one.period.start.toordinal() + one.period.end.toordinal(), one.period))


def within(series: Sequence[Stored], period: Period, *, as_one: bool = True) -> list[Stored]:
    """Return the readings of a series that a period means, in the order of time.

    Parameters
    ----------
    series : sequence of Stored
        Of one entity in one market.
    period : Period
        When; a vague one reaches as far as `Period.reach` says.
    as_one : bool
        Whether a reading of just these days is preferred to the shorter ones within them.

    Notes
    -----
    A reading counts when its days lie within the period. One that is longer is an average over more than was
    asked for, and does not count.
    """
    first, last = period.reach()
    inside = by_time(one for one in series if first <= one.period.start and one.period.end <= last)
    exact = [one for one in inside if (one.period.start, one.period.end) == (period.start, period.end)]
    if as_one:
        return exact or inside
    return [one for one in inside if one not in exact] or inside


def hull(readings: Sequence[Stored]) -> Span:
    """Return the range from the lowest to the highest of what readings can mean."""
    spans = [span_of(one.share) for one in readings]
    if len(spans) == 1:
        return spans[0]
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def extreme(one: Stored, among: Sequence[Stored]) -> str:
    """Say whether a reading is the peak or the trough among others; '' where it is neither."""
    levels = [other.level for other in among]
    if len(levels) < 3 or max(levels) == min(levels):
        return ""
    return "the peak" if one.level == max(levels) else "the trough" if one.level == min(levels) else ""


def possessive(name: str) -> str:
    """Write whose something is.

    >>> possessive("Poe"), possessive("Others")
    ("Poe's", "Others'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def page(cited: Citation) -> str:
    """Say who tells something, and whether that is the source itself.

    >>> page(Citation(title="Trends", publisher="AIbase", kind="secondary"))
    'AIbase, retold'
    """
    kind = KINDS.get(cited.kind or "", "the source or a retelling: not said")
    by = cited.publisher or cited.title
    return f"{by}, {kind}" if by else kind
