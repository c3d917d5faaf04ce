"""Alembic's environment: one connection, one transaction, so that a failed migration leaves nothing behind."""

from alembic import context
from sqlalchemy import create_engine, event


def _explicit_transactions(engine):
    """Let BEGIN and COMMIT be ours: SQLite's driver would commit half a migration."""

    @event.listens_for(engine, "connect")
    def _autocommit(connection, _record):
        connection.isolation_level = None
        # A rebuilt table must not delete the rows that point to it; broken references are looked for below.
        connection.execute("PRAGMA foreign_keys=OFF")

    # Who calls may have a way of its own: to wait for others, and to say so.
    for name, statement in (("begin", "BEGIN IMMEDIATE"), ("commit", "COMMIT")):
        do = context.config.attributes.get(name, _running(statement))
        event.listen(engine, name, lambda connection, do=do: do(connection.connection.dbapi_connection))


def _running(statement):
    return lambda connection: connection.execute(statement)


def run(connection):
    context.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            _look_for_broken_references(connection)


def _look_for_broken_references(connection):
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration would break {len(broken)} references, the first in table {broken[0][0]}")


def engine():
    given = context.config.attributes.get("creator")
    if given is not None:
        return create_engine("sqlite://", creator=given)
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not url:
        raise SystemExit("say which database: alembic -x url=sqlite:///tracker.db upgrade head")
    return create_engine(url)


def run_alone():
    migrated = engine()
    if migrated.dialect.name == "sqlite":
        _explicit_transactions(migrated)
    try:
        with migrated.connect() as connection:
            run(connection)
    finally:
        migrated.dispose()


within = context.config.attributes.get("connection")
"""A connection in a transaction of somebody else's, who will end it."""

if within is None:
    run_alone()
else:
    run(within)
