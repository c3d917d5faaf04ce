"""The description of a bundle: a Data Package (Frictionless, version 2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import pandas as pd

from tracker.charts.bundled.table import fields
from tracker.values import Source

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"

_MEDIA = {
    "csv": ("csv", "text/csv"),
    "png": ("png", "image/png"),
    "svg": ("svg", "image/svg+xml"),
    "pdf": ("pdf", "application/pdf"),
    "md": ("md", "text/markdown"),
}


def as_json(descriptor: Mapping[str, Any]) -> bytes:
    """Write a description in the order it is in."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def name_of(frame: pd.DataFrame) -> str:
    """Name the package after its markets: lower letters, digits and hyphens."""
    slugs = "-and-".join(sorted(frame["market"].dropna().astype(str).unique()))
    return re.sub(r"[^a-z0-9]+", "-", slugs.lower()).strip("-") or "chart"


def resource(path: str, content: bytes) -> dict[str, Any]:
    """Describe a file: its format, size and hash."""
    stem, _, ending = path.rpartition(".")
    form, media = _MEDIA[ending]
    told: dict[str, Any] = {"name": f"{stem}-{ending}".lower() if ending in ("svg", "pdf") else stem.lower()}
    told |= {"$schema": RESOURCE, "path": path, "format": form, "mediatype": media}
    if ending in ("csv", "md", "svg"):
        told["encoding"] = "utf-8"
    return told | {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def table(path: str, content: bytes, frame: pd.DataFrame) -> dict[str, Any]:
    """Describe the CSV: its columns with their types and units."""
    schema = {"fields": fields(frame), "missingValues": [""]}
    title = "Exactly the rows that are drawn, one for each observation"
    return resource(path, content) | {"type": "table", "title": title, "schema": schema}


def licences(sources: Sequence[Source]) -> list[dict[str, str]]:
    """Return the licences of sources, each once, with name, title and path as far as they are known."""
    found = []
    for source in sources:
        if not source.licence and not source.licence_url:
            continue
        told = {"name": re.sub(r"[^A-Za-z0-9.]+", "-", source.licence).strip("-")} if source.licence else {}
        told = {key: text for key, text in told.items() if text}
        told |= {"title": source.licence} if source.licence else {}
        told |= {"path": source.licence_url} if source.licence_url else {}
        if told not in found and ("name" in told or "path" in told):
            found.append(told)
    return found


def origins(sources: Sequence[Source], frame: pd.DataFrame) -> list[dict[str, str]]:
    """Return the sources, and the pages that their figures were read from."""
    found = [_origin(source) for source in sources]
    pages = frame[["citation", "url"]].astype(object).drop_duplicates()
    told = [
        {key: str(cell) for key, cell in (("title", page.citation), ("path", page.url)) if isinstance(cell, str)}
        for page in pages.itertuples(index=False)
    ]
    known = [{key: one[key] for key in ("title", "path") if key in one} for one in found]
    return found + sorted((one for one in told if one and one not in known), key=lambda one: sorted(one.items()))


def _origin(source: Source) -> dict[str, str]:
    told = {"title": source.title} | ({"path": source.url} if source.url else {})
    redistribution = {True: "yes", False: "no", None: "not recorded"}[source.may_redistribute]
    licence = source.licence or "not recorded"
    return told | {"credit": source.credit or source.title, "licence": licence, "redistribution": redistribution}
