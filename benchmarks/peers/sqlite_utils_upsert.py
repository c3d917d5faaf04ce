"""sqlite-utils: an upsert of input.csv into peer.db, in one transaction, with room for the pages it touches."""

import csv

from sqlite_utils import Database

PAGES = "PRAGMA cache_size = -200000"
KEY = ("entity", "date")

database = Database("peer.db")
database.execute(PAGES)
database["share"].create({"entity": str, "date": str, "share": float}, pk=KEY)
with open("input.csv", encoding="utf-8", newline="") as file, database.atomic():
    database["share"].upsert_all(csv.DictReader(file), pk=KEY, batch_size=1_000)
database.close()
