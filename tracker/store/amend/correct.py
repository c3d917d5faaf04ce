"""Correcting what a source printed wrongly: the printed share stays beside the corrected one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tracker.errors import InvalidValue, Problem, RejectedInput
from tracker.store.amend.carry import PRINTED, Row, carry, close, close_reports
from tracker.store.amend.chosen import Chosen
from tracker.store.batches import Batch, count, open_batch
from tracker.store.engine import Session
from tracker.values import Share
from tracker.values.checks import check_text, check_url
from tracker.values.share import check_factor

Change = Callable[[Share, str], tuple[Share, str]]
"""From the present share and status to the corrected ones."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """What is done to the chosen observations.

    Parameters
    ----------
    kind : str
        One of `CORRECTIONS`.
    change : callable or None
        None to drop them.
    upstream : str
        One of `UPSTREAM`.
    upstream_url : str or None
        Where the source was told.
    """

    kind: str
    change: Change | None
    upstream: str
    upstream_url: str | None = None


def overriding(share: Share) -> Change:
    """Put another share in its place."""
    return lambda _, status: (share, status)


def scaling(factor: Decimal) -> Change:
    """Multiply.

    Raises
    ------
    InvalidValue
        If that is no factor.
    """
    check_factor(factor)
    return lambda share, status: (share.times(factor), status)


def flagging(status: str) -> Change:
    """Give another status, such as B for a break in the series."""
    return lambda share, _: (share, status)


def correct(session: Session, facts: list[Chosen], how: Correcting, batch: Batch) -> int:
    """Correct observations; return the batch.

    Raises
    ------
    RejectedInput
        If a corrected share would be none, or would change nothing; all of them are listed.
    """
    check_text(batch.reason or "", "reason")
    check_url(how.upstream_url)
    changed = _changed(session, facts, how)
    key = open_batch(session, batch)
    correction = session.insert(
        "correction",
        {
            "batch_id": key,
            "kind": how.kind,
            "reason": batch.reason,
            "upstream": how.upstream,
            "upstream_url": how.upstream_url,
        },
    )
    for fact in facts:
        close(session, fact.series, fact.period_id, key)
        if how.change is None:
            close_reports(session, fact.series, fact.period_id, key)
    for fact, share, status in changed:
        _put(session, fact, key, correction, share, status)
    count(session, key, **{"withdrawn" if how.change is None else "revised": len(facts)})
    return key


def _changed(session: Session, facts: list[Chosen], how: Correcting) -> list[tuple[Chosen, Share, str]]:
    if how.change is None:
        return []
    found, problems = [], []
    for fact in facts:
        try:
            share, status = how.change(fact.share, fact.status)
        except InvalidValue as error:
            problems.append(Problem(0, "", "", f"{fact}: {error.message}"))
            continue
        if (share, status) == (fact.share, fact.status) and not _is_corrected(session, fact):
            problems.append(Problem(0, "", "", f"{fact}, status {status}: that is what is recorded already"))
        found.append((fact, share, status))
    if problems:
        raise RejectedInput("refused", problems)
    return found


def _is_corrected(session: Session, fact: Chosen) -> bool:
    """Whether a share is corrected: then the same again gives a new reason, or says that the source knows."""
    found = session.value(
        "SELECT correction_id FROM carried WHERE series_id = :series AND period_id = :period AND batch_id = :batch",
        series=fact.series,
        period=fact.period_id,
        batch=fact.batch,
    )
    return found is not None


def _put(session: Session, fact: Chosen, batch: int, correction: int, share: Share, status: str) -> None:
    """Carry a closed observation on with the corrected share; what was printed first stays what was printed."""
    where = {"series": fact.series, "period": fact.period_id, "batch": batch}
    carry(session, Row(fact.series, fact.period_id, fact.batch), batch)
    session.run(
        "UPDATE observation SET share = :value, low = :low, high = :high, qualifier = :qualifier,"
        " decimals = :decimals, status = :status"
        " WHERE series_id = :series AND period_id = :period AND batch_id = :batch",
        value=share.value,
        low=share.low,
        high=share.high,
        qualifier=share.qualifier,
        decimals=share.decimals,
        status=status,
        **where,
    )
    before = fact.share
    printed = (before.value, before.low, before.high, before.qualifier, before.decimals, fact.status)
    told = ", ".join(f"{name} = CASE WHEN correction_id IS NULL THEN :{name} ELSE {name} END" for name in PRINTED)
    session.run(
        f"UPDATE carried SET {told}, correction_id = :correction"
        " WHERE series_id = :series AND period_id = :period AND batch_id = :batch",
        correction=correction,
        **dict(zip(PRINTED, printed, strict=True)),
        **where,
    )
