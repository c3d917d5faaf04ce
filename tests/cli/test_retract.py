"""`tracker retract`, and what an input says again that was withdrawn."""

import shlex

import pytest

R1 = ("DeepSeek R1", "--market", "poe/text-messages")
APRIL = (*R1, "--date", "~2025-04-30")
WHY = ("--reason", "misread")
FACT = "DeepSeek R1, poe/text-messages, ~2025-04-30: 3%"


def test_withdrawn(call, starter, unchanged):
    with unchanged(starter):
        dry = call("retract", *APRIL, *WHY, "--dry-run")
    assert (dry.code, dry.out) == (0, "")
    assert dry.err == f"Would withdraw {FACT}\nThis was a dry run: nothing was changed.\n"
    done = call("retract", *APRIL, *WHY)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Withdrew {FACT}\nRecorded as batch 2; to take it back: tracker undo 2\n"
    assert "~2025-04-30" not in call("export", "--market", "poe/text-messages", "--entity", "DeepSeek R1").out
    assert call("show", "DeepSeek R1", "--market", "poe/text-messages", "--as-of", 1, "--format", "csv").out.count(
        "~2025-04-30"
    )


def test_several(call, starter):
    done = call("retract", *R1, "--from", "2025-01", "--to", "2025-12", *WHY)
    assert done.err.splitlines()[:2] == ["Withdrew DeepSeek R1, poe/text-messages, ~2025-02-15: 7%", f"Withdrew {FACT}"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            (*R1, *WHY),
            2,
            "nobody said of when\nSay it with --date, or with --from and --to; look first:"
            " tracker history 'DeepSeek R1' --market poe/text-messages\n",
        ),
        (
            (*R1, "--date", "2025-04", *WHY),
            1,
            "nothing is recorded of DeepSeek R1 in poe/text-messages, 2025-04; there is: ~2025-02-15, ~2025-04-30\n"
            "See what there is: tracker show 'DeepSeek R1' --market poe/text-messages\n",
        ),
        (
            (*R1, "--from", "2001", "--to", "2002", *WHY),
            1,
            "nothing is recorded of DeepSeek R1 in poe/text-messages in these days\n"
            "See what there is: tracker show 'DeepSeek R1' --market poe/text-messages\n",
        ),
        ((*R1, "--from", "2002", "--to", "2001", *WHY), 2, "--to 2001 is before --from 2002\nExchange the two.\n"),
        ((*APRIL, "--reason", " "), 2, "the reason is empty\n"),
        (APRIL, 2, "Usage: tracker retract [OPTIONS] ENTITY\nMissing option '--reason'.\n"),
        (
            ("DeepSek R1", *APRIL[1:], *WHY),
            1,
            "there is no entity 'DeepSek R1'; near it: DeepSeek R1, DeepSeek, DeepSeek (self-hosted)\n"
            "See them all: tracker entity list\n",
        ),
    ],
)
def test_refused(words, code, said, call, starter, unchanged):
    with unchanged(starter):
        result = call("retract", *words)
    assert (result.code, result.out, result.err) == (code, "", said)


def test_the_hint_to_look_works(call, starter):
    for words in ((*R1, *WHY), (*R1, "--date", "2025-04", *WHY)):
        hint = call("retract", *words).err.splitlines()[-1].partition("tracker ")[2]
        shown = call(*shlex.split(hint))
        assert (shown.code, "~2025-04-30" in shown.out) == (0, True)


def test_the_same_file_again_leaves_it_withdrawn(call, starter, unchanged):
    assert call("export", "-o", "all.csv").code == 0
    assert call("retract", *APRIL, *WHY).code == 0
    with unchanged(starter):
        again = call("import", "all.csv")
    assert again.code == 0
    assert again.err == (
        f"all.csv: {FACT} was withdrawn (misread), and stays so; --on-change revise brings it back\n"
        "all.csv: nothing was changed\n"
    )
    assert call("import", "all.csv", "--on-change", "revise", "--reason", "seen again").code == 0
    history = call("history", *APRIL, "--format", "csv").out
    assert history.count("seen again") == 1


def test_adding_it_again(call, starter, unchanged):
    assert call("retract", *APRIL, *WHY).code == 0
    fact = ("--market", "poe/text-messages", "--date", "~2025-04-30", "--url", "https://x.org", "--via", "Poe")
    with unchanged(starter):
        same = call("add", "DeepSeek R1", "3%", *fact)
        other = call("add", "DeepSeek R1", "4%", *fact)
        beside = call("add", "DeepSeek R1", "4%", *fact, "--compete")
    assert (same.code, same.err) == (
        1,
        f"Not recorded: it was withdrawn (misread). To record it again: --revise 'the reason'. {FACT}\n",
    )
    assert (other.code, beside.code, beside.err) == (1, 1, other.err)
    first, *hint = other.err.splitlines()
    assert first.startswith(
        "refused: DeepSeek R1 in poe/text-messages, ~2025-04-30: share 3% was withdrawn (misread), 4% is given."
    )
    assert hint == ["To record the new share, and keep the old one in the history: --revise 'the reason'"]
    done = call("add", "DeepSeek R1", "3%", *fact, "--revise", "seen again")
    assert (done.code, done.err) == (0, f"Recorded {FACT}\n")
    assert "add: seen again" in call("history", *APRIL).out
