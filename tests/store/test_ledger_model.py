"""The ledger against a plain Python model: random additions, imports, revisions, corrections, retractions, merges and
undos. At every past moment the database must tell what the model held then."""

import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from store.stored import stored
from tracker.errors import TrackerError
from tracker.importers.base import Parsed
from tracker.importers.policy import Policy
from tracker.importers.run import ingest
from tracker.store.amend.chosen import chosen
from tracker.store.amend.correct import Correcting, correct, flagging, overriding, scaling
from tracker.store.amend.retract import retract
from tracker.store.amend.undo import undo
from tracker.store.batches import Batch
from tracker.store.engine import reading, writing
from tracker.store.entities import add_entity
from tracker.store.merges import merge
from tracker.store.migrate import create
from tracker.store.past.asof import reading_as_of
from tracker.store.past.diff import between
from tracker.store.past.moments import Moment
from tracker.store.plan import Entry
from tracker.store.shares import Selection
from tracker.values import Citation, Entity, Market, Observation, Period, Share, Source
from tracker.values.asof import AsOf

ENTITIES = ("Ada", "Bert", "Cleo")
MARKETS = ("s/one", "s/two")
PERIODS = ("2025-01", "2025-02", "~2025-02-15")
SHARES = ("7", "7.0", "3.5", "<1", "20")
PAGE = Citation("https://a.org", "A")

WITHDRAWING = ("retract", "drop")

keys = st.tuples(st.sampled_from(MARKETS), st.sampled_from(ENTITIES), st.sampled_from(PERIODS))
told = st.tuples(keys, st.sampled_from(SHARES))


@dataclass(eq=False)
class Statement:
    """What one batch said of a fact; a moved or restored one is the same statement."""

    printed: str
    shown: str
    status: str = "A"
    origin: int = 0


@dataclass
class Done:
    """What a batch did: its command, and what each fact was before and after."""

    command: str
    writes: dict = field(default_factory=dict)
    merged: tuple = ()
    target: int = 0


class Model:
    """The whole ledger as dictionaries."""

    def __init__(self):
        self.now = {}
        self.brought = {}
        self.gone = {}
        self.closers = {}
        self.done = {}
        self.past = {}
        self.same_as = {}
        self.undone = {}

    def name(self, entity):
        while entity in self.same_as:
            entity = self.same_as[entity]
        return entity

    def record(self, number, done):
        self.done[number] = done
        for key, (_, after) in done.writes.items():
            if key in self.now:
                self.closers[self.brought[key], key] = number
            if after is None and key in self.now:
                self.gone[key] = (number, self.brought[key], self.now.pop(key).origin)
            elif after is not None:
                after.origin = after.origin or number
                self.now[key] = after
                self.brought[key] = number
        if done.command == "merge":
            one, other = done.merged
            self.same_as[one] = other
        self.past[number] = {key: (one.shown, one.status) for key, one in self.now.items()}

    def meant(self, number):
        """The batch that is done again by an undo of its undo."""
        while self.done[number].target and self.done[self.done[number].target].target:
            number = self.done[self.done[number].target].target
        return number

    def is_taken_back(self, number):
        return number in self.undone and not self.is_taken_back(self.undone[number])

    def withdrawn(self, key):
        """Whether the last that happened to a fact is that it was withdrawn, under any name that means it now."""
        gone = [
            found
            for (where, who, when), found in self.gone.items()
            if (where, self.name(who), when) == key and (where, who, when) not in self.now
        ]
        if key in self.now or not gone:
            return False
        by, *brought = max(gone)
        taken_back = {number for number in brought if self.is_taken_back(number)} - {self.done[by].target}
        return self.done[self.meant(by)].command in WITHDRAWING and not taken_back


class Ledger(RuleBasedStateMachine):
    template = None
    steps = 0

    @initialize()
    def start(self):
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "tracker.db"
        shutil.copy(self.template, self.path)
        self.model = Model()

    def teardown(self):
        if hasattr(self, "folder"):
            for number in self.model.past:
                self._check(number)
            self.folder.cleanup()

    def _check(self, number):
        """What the database knew after a batch is what the model held then, one row a fact."""
        with reading_as_of(self.path, AsOf.parse(str(number))) as session:
            rows = session.rows(
                "SELECT market, entity, period, share, low, high, qualifier, decimals, status FROM shares"
            )
            direct = session.value("SELECT count(*) FROM observation")
        found = {tuple(row[:3]): (str(Share(*row[3:8])), row[8]) for row in rows}
        assert len(found) == len(rows) == direct
        held = self.model.past[number]
        differing = {key: (found.get(key), held.get(key)) for key in {*found, *held} if found.get(key) != held.get(key)}
        assert not differing, f"batch {number}: {differing}"

    def _after(self, number, done):
        type(self).steps += 1
        self.model.record(number, done)
        self._check(number)
        with reading(self.path) as session:
            current = session.rows("SELECT market, entity, period FROM shares")
            assert sorted(current) == sorted(self.model.now)
            before = max((n for n in self.model.past if n < number), default=None)
            if before is not None:
                self._check_diff(session, before, number)

    def _check_diff(self, session, before, number):
        """A difference names exactly the facts that differ."""
        was, now = self.model.past[before], self.model.past[number]
        changed = between(session, Moment(before, ""), Moment(number, ""))
        named = {(one.market, one.entity, one.period) for one in changed}
        named |= {(one.market, one.to, one.period) for one in changed if one.to}
        assert named == {key for key in {*was, *now} if was.get(key) != now.get(key)}

    @rule(
        rows=st.lists(told, min_size=1, max_size=6, unique_by=lambda row: row[0]),
        on_change=st.sampled_from(["revise", "skip"]),
    )
    def put(self, rows, on_change):
        """Add or import; the names of merged entities mean what they are now."""
        wanted = {}
        for (market, entity, period), share in rows:
            key = (market, self.model.name(entity), period)
            if key in wanted and wanted[key] != share:
                return  # one input that contradicts itself is refused; that is tested elsewhere
            wanted[key] = share
        entries = [
            Entry(n + 2, Observation(m, e, Period.parse(p), Share.parse(s), PAGE))
            for n, ((m, e, p), s) in enumerate(rows)
        ]
        with writing(self.path) as session:
            outcome = ingest(session, "t", Parsed(entries), Batch("import", "0"), Policy(on_change))
        writes = {}
        for key, share in wanted.items():
            before = self.model.now.get(key)
            if before is None and self.model.withdrawn(key) and on_change == "skip":
                continue
            if before is not None and (before.printed == share or on_change == "skip"):
                continue
            writes[key] = (before, Statement(share, share))
        assert (outcome.batch is not None) == bool(writes)
        if writes:
            self._after(outcome.batch, Done("import", writes))

    @precondition(lambda self: self.model.now)
    @rule(data=st.data())
    def withdraw(self, data):
        key = data.draw(st.sampled_from(sorted(self.model.now)))
        with writing(self.path) as session:
            found = chosen(session, Selection([key[0]], [key[1]]), (Period.parse(key[2]),))
            number = retract(session, found, Batch("retract", "0", reason="r"))
        self._after(number, Done("retract", {key: (self.model.now[key], None)}))

    @precondition(lambda self: self.model.now)
    @rule(data=st.data(), kind=st.sampled_from(["override", "scale", "flag", "drop"]))
    def mend(self, data, kind):
        key = data.draw(st.sampled_from(sorted(self.model.now)))
        before = self.model.now[key]
        how = {
            "override": (overriding(Share.parse("42")), "42", before.status),
            "scale": (scaling(Decimal("0.1")), str(Share.parse(before.shown).times(Decimal("0.1"))), before.status),
            "flag": (flagging("B"), before.shown, "B"),
            "drop": (None, None, None),
        }[kind]
        if kind == "scale" and before.shown.count(".") and len(before.shown) > 8:
            return  # enough decimals
        with writing(self.path) as session:
            found = chosen(session, Selection([key[0]], [key[1]]), (Period.parse(key[2]),))
            number = correct(session, found, Correcting(kind, how[0], "open"), Batch("correct", "0", reason="r"))
        # A corrected statement is one of its own, though it was stated when the printed one was.
        after = None if kind == "drop" else Statement(before.printed, how[1], how[2], before.origin)
        self._after(number, Done("drop" if kind == "drop" else "correct", {key: (before, after)}))

    @rule(one=st.sampled_from(ENTITIES), other=st.sampled_from(ENTITIES))
    def join(self, one, other):
        gone, kept = self.model.name(one), self.model.name(other)
        theirs = {key: said for key, said in self.model.now.items() if key[1] == gone}
        writes, clash = {}, gone == kept
        for (market, _, period), said in theirs.items():
            to = (market, kept, period)
            there = self.model.now.get(to)
            clash |= there is not None and there.printed != said.printed
            writes[market, gone, period] = (said, None)
            if there is None:
                writes[to] = (None, said)
        try:
            with writing(self.path) as session:
                number = merge(session, one, other, Batch("merge", "0", reason="r")).batch
        except TrackerError:
            assert clash or any(
                self.model.now.get((m, kept, p), said).shown != said.shown for (m, _, p), said in theirs.items()
            )
            return
        assert gone != kept
        self._after(number, Done("merge", writes, (gone, kept)))

    @precondition(lambda self: self.model.done)
    @rule(data=st.data(), with_later=st.booleans())
    def take_back(self, data, with_later):
        target = data.draw(st.sampled_from(sorted(self.model.done)))
        allowed, writes = self._undoing(target, with_later)
        before, refusal = stored(self.path), None
        try:
            with writing(self.path) as session:
                number = undo(session, target, Batch("undo", "0"), with_later=with_later).batch
        except TrackerError as error:
            refusal = error
        assert allowed == (refusal is None), refusal
        if refusal is not None:
            assert stored(self.path) == before
            return
        done = self.model.done[target]
        self.model.undone[target] = number
        back = Done("undo", writes, done.merged, target)
        original = self.model.done[self._origin(target)]
        if original.merged:
            one, other = original.merged
            if self._is_on(target):
                self.model.same_as.pop(one, None)
            else:
                self.model.same_as[one] = other
        self._after(number, back)

    def _origin(self, number):
        while self.model.done[number].target:
            number = self.model.done[number].target
        return number

    def _is_on(self, number):
        """Whether a batch does what the first of its chain did, rather than takes it back."""
        on = True
        while self.model.done[number].target:
            number, on = self.model.done[number].target, not on
        return on

    def _undoing(self, target, with_later):
        """Whether an undo is allowed, and what it writes."""
        model = self.model
        if target in model.undone:
            return False, {}
        original = model.done[self._origin(target)]
        if original.merged and not self._is_on(target):
            one, other = original.merged
            if one in model.same_as or model.name(other) == one:
                return False, {}
        writes, later, moved = {}, False, False
        for key, (before, after) in model.done[target].writes.items():
            now = model.now.get(key)
            if now is not after:
                later = True
                by = model.closers.get((target, key)) if after is not None else model.brought.get(key)
                moved |= model.done[by].command == "merge"
            if (now, before) != (None, None):
                writes[key] = (now, before)
        return (not later or (with_later and not moved)) and not self._strands(target, writes), writes

    def _strands(self, target, writes):
        """Whether shares would be left with an entity that is merged."""
        same_as = dict(self.model.same_as)
        original = self.model.done[self._origin(target)]
        if original.merged:
            one, other = original.merged
            if self._is_on(target):
                same_as.pop(one, None)
            else:
                same_as[one] = other
        left = {key for key in self.model.now if key not in writes} | {
            key for key, (_, after) in writes.items() if after
        }
        return any(key[1] in same_as for key in left)


def machine(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "template.db"

    def fill(session):
        markets = [Market(slug, "s", "messages", "open") for slug in MARKETS]
        ingest(session, "t", Parsed(sources=[Source("s", "S")], markets=markets), Batch("import", "0"), Policy())
        for name in ENTITIES:
            add_entity(session, Entity(name, "product"))

    create(path, fill)
    return type("Ledger", (Ledger,), {"template": path})


def run(made, examples):
    run_state_machine_as_test(
        made,
        settings=settings(
            max_examples=examples,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],  # the whole run is shown as it was: to shrink one of 60 steps takes minutes
        ),
    )
    return made.steps


def test_at_every_past_moment_what_the_model_held_then(tmp_path_factory, engine):
    # On a server each step takes ten times as long.
    examples = 3 if engine else 30
    assert run(machine(tmp_path_factory), examples) > 10 * examples


@pytest.mark.files
@pytest.mark.slow
def test_over_more_than_a_thousand_batches(tmp_path_factory):
    assert run(machine(tmp_path_factory), 100) > 1500
