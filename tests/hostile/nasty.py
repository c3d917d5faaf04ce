"""What nobody should write, and somebody will."""

import unicodedata

TEXTS = {
    "quotes": "O'Brien \"x\" `y` 'z",
    "sql": "x'; DROP TABLE entity;--",
    "percent": "100% %s %(a)s %n {0} {x}",
    "hyperlink": '=HYPERLINK("http://e.org?x="&A1,"click")',
    "command": "+cmd|' /C calc'!A0",
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "sign": "-2+3+cmd",
    "apostrophes": "''=1+1",
    "wide formula": "\uff1d1+1",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "xml": "]]></text><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "entity": "&amp; &lt;b&gt; &#x1b;",
    "mathtext": r"$\frac{1}{0}$ $x_{$ \alpha $$ ^ _ \$5",
    "markdown": "](javascript:alert(1)) **b** |a|b| # h",
    "ANSI": "red\x1b[31m alert\x1b[0m \x1b]0;owned\x07",
    "C1": "a\x9b31mb\x85c",
    "bidi": "abc\u202edcba\u202c \u2066x\u2069",
    "zero width": "Deep\u200bSeek\ufeff \u200d X",
    "separators": "a\u2028b\u2029c",
    "bell and delete": "ding\x07 good\x08\x08evil \x7f",
    "combining": "Z" + "\u0301\u0337" * 40 + "algo",
    "tag": "a\U000e0041b",
    "path": "../../etc/passwd",
    "option": "--db=/tmp/x",
    "environment": "$HOME $(id) `id` ~ !! \\",
}
"""By name; all of them are texts that can be stored."""

UNSAFE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def is_harmless(text):
    return all(char == "\n" or unicodedata.category(char) not in UNSAFE for char in text)
