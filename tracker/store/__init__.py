"""The only SQL: opening, migrating, reading and writing the database.

SQLAlchemy describes the schema (`tables`) and runs the migrations (`migrate`). The statements are plain
SQL with named parameters, run on the driver itself: importing SQLAlchemy takes longer than all the rest
of `tracker add` together.
"""
