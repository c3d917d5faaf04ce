"""A small record, and what later batches do to it, for the tests of both."""

from importers.databases import ask
from tracker.store.amend.chosen import chosen
from tracker.store.amend.correct import Correcting, correct, flagging, overriding, scaling
from tracker.store.amend.retract import retract
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.engine import writing
from tracker.store.merges import merge
from tracker.store.shares import Selection
from tracker.values import Period, Share

HEAD = "market,entity,period,share,role,url,published,citation_kind,source,counted,whole\n"


def row(entity, period, share, role="", page="press.org", kind="secondary", market="poe/a"):
    return f"{market},{entity},{period},{share},{role},https://{page},2025-05-13,{kind},poe,messages,open\n"


FIRST = HEAD + row("R1", "2025-02", "7") + row("R1", "2025-03", "5") + row("R1", "2025-02", "7", "report", "late.org")
"""Two facts, the first of which a further page supports."""

CURRENT = "SELECT entity, period, share FROM shares ORDER BY 1, 2"


def pick(session, entity="R1", *periods, market="poe/a"):
    return chosen(session, Selection([market], [entity]), tuple(map(Period.parse, periods)))


def mend(path, kind, to, entity, *periods, reason="a slip", upstream="open"):
    """Correct; return the batch."""
    making = {
        "override": lambda: overriding(Share.parse(to)),
        "scale": lambda: scaling(to),
        "flag": lambda: flagging(to),
        "drop": lambda: None,
    }
    with writing(path) as session:
        how = Correcting(kind, making[kind](), upstream)
        return correct(session, pick(session, entity, *periods), how, Batch("correct", "0", reason=reason))


def withdraw(path, entity, *periods, reason="misread"):
    with writing(path) as session:
        return retract(session, pick(session, entity, *periods), Batch("retract", "0", reason=reason))


def take_back(path, batch, **options):
    with writing(path) as session:
        return undo(session, batch, Batch("undo", "0"), **options)


def join(path, one, other):
    with writing(path) as session:
        return merge(session, one, other, Batch("merge", "0", reason="the same")).batch


def current(path):
    """What stands: the shares as they are written now."""
    return {(entity, period): share for entity, period, share in ask(path, CURRENT)}


def everything(path):
    """All that stands, without when and by which batch it came."""
    observed = ask(
        path,
        "SELECT market, entity, period, share, low, high, qualifier, decimals, status, note, sample_size, url,"
        " printed_share, printed_decimals, printed_status, correction, corrected_because FROM shares ORDER BY 1, 2, 3",
    )
    return observed, ask(path, "SELECT entity, period, share, url, stance FROM reports ORDER BY 1, 2, 4")
