"""`tracker claim`: a sentence with figures, held against what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.moments import moment_options
from tracker.cli.options import PERIOD, SHARE, chosen, db_option, parsed
from tracker.cli.output import format_option

if TYPE_CHECKING:
    from tracker.analysis.claim import Amount, Question
    from tracker.values import Period

ALL = "all"


class AmountType(click.ParamType["Amount"]):
    """A change, with its sign."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Amount:
        """Parse the text, or fail with the forms there are."""
        from tracker.analysis.claim import Amount

        return parsed(self, Amount.parse, value, param, ctx)


class NumberType(click.ParamType[str]):
    """The number of a kept claim, or all of them."""

    name = "claim"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take a whole number."""
        if value != ALL and not (value.isascii() and value.isdigit() and len(value) < 10):
            self.fail(f"{value!r} is not the number of a claim: see tracker claim --list", param, ctx)
        return str(value)


FIGURES = ("before", "after", "share", "points", "percent")


@click.command("claim")
@click.argument("text", required=False)
@click.option("--entity", "entity_name", metavar="NAME", help="Whose share it is about.")
@click.option("--market", "slug", metavar="SLUG", help="What it is a share of.")
@click.option("--from", "since", type=PERIOD, metavar="PERIOD", help="When it starts; the one time, if there is one.")
@click.option("--to", "until", type=PERIOD, metavar="PERIOD", help="When it ends; the one time, if there is one.")
@click.option("--before", type=SHARE, metavar="SHARE", help="What it was at the first reading of --from.")
@click.option("--after", type=SHARE, metavar="SHARE", help="What it was at the last reading of --to.")
@click.option("--share", type=SHARE, metavar="SHARE", help="What it was all through the one time.")
@click.option("--points", type=AmountType(), metavar="N", help="Its change in points, a fall with a minus: -4.")
@click.option("--percent", type=AmountType(), metavar="N", help="Its change in percent of itself: -57.")
@click.option("--keep", is_flag=True, help="Keep it with its verdict, for `tracker check claims`.")
@click.option("--list", "listing", is_flag=True, help="List what is kept.")
@click.option("--drop", type=click.IntRange(min=1), metavar="N", help="Keep a claim no longer; it is not erased.")
@click.option(
    "--again", type=NumberType(), is_flag=False, flag_value=ALL, metavar="[N]", help="Judge kept claims again, or one."
)
@moment_options
@db_option
@format_option
def command(
    text: str | None,
    entity_name: str | None,
    slug: str | None,
    keep: bool,
    listing: bool,
    drop: int | None,
    again: str | None,
    db: str | None,
    form: str,
    **words: Any,
) -> int:
    """Judge a claim about shares by what is stored: supported, contradicted, or cannot tell.

    Without --before, --after, --share, --points and --percent the numbers before a percent sign in TEXT are
    read: two are what it was before and after, one is the share at one time. Nothing else in TEXT is
    interpreted. The exit code is 0 where every figure is supported, and else 1.

    For example: tracker claim 'DeepSeek fell from 7% to 3%' --entity 'DeepSeek R1' --market poe/text-messages
    --from 2025-02 --to 2025-04
    """
    from tracker.cli import claiming

    then = words.pop("as_of"), words.pop("as_published")
    ways = {"TEXT": text, "--list": listing, "--drop": drop, "--again": again}
    about = {"--entity": entity_name, "--market": slug, "--from": words["since"], "--to": words["until"]}
    figures = {f"--{name}": words[name] for name in FIGURES}
    _refuse_mixture(ways, about | figures, keep=keep, then=any(then))
    place = chosen(db).path
    if listing:
        return claiming.show_kept(place, form)
    if drop is not None:
        return claiming.drop_kept(place, drop)
    if again is not None:
        return claiming.judge_again(place, None if again == ALL else int(again), then, form, keep=keep)
    assert text is not None
    claim = claiming.Claim(text, str(slug), str(entity_name), _question(text, **words))
    return claiming.judge_new(place, claim, then, form, keep=keep)


def _refuse_mixture(ways: Mapping[str, object], about: Mapping[str, object], *, keep: bool, then: bool) -> None:
    """Refuse words that do not go together, or of which one is missing; all that is wrong is said."""
    given = [name for name, value in ways.items() if value not in (None, False)]
    said = [name for name, value in about.items() if value is not None]
    wrong = [] if given else ["Give a claim as TEXT, or --list, --again or --drop N."]
    if len(given) > 1:
        wrong.append(f"{' and '.join(given)} do not go together.")
    elif given == ["TEXT"]:
        missing = [name for name in ("--entity", "--market") if name not in said]
        wrong += [f"A claim needs {' and '.join(missing)}: whose share, and of what."] if missing else []
    elif given and said:
        wrong.append(f"{given[0]} takes no {', no '.join(said)}.")
    if keep and (then or given not in (["TEXT"], ["--again"])):
        wrong.append("--keep keeps the verdict of now, on TEXT or with --again.")
    if wrong:
        raise click.UsageError(" ".join(wrong), click.get_current_context())


def _question(text: str, *, since: Period | None, until: Period | None, **figures: Any) -> Question:
    from tracker.analysis.claim import Question, with_words

    given = any(value is not None for value in figures.values())
    return with_words(Question(since, until, **figures) if given else None, text, since, until)
