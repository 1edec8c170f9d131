"""Installing the guard on every table of records, and the append-only rule on the journal itself."""

from importlib.resources import files

from django.db import connections

from congvu.province.records import guarded_models

JOURNAL = ("journal_act", "journal_change", "journal_block", "journal_seal", "journal_sealed_act")
_PARTS = ("journal_change", "journal_block")


def guarded_tables() -> list[str]:
    return [model.table() for model in guarded_models()]


def install() -> None:
    """Put the triggers in place (again), as the owner; take rights on the journal from the application's role."""
    with connections["owner"].cursor() as cursor:
        cursor.execute((files("congvu.journal") / "guards.sql").read_text(encoding="utf-8"))
        for table in guarded_tables():
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER journal_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION journal_guard()"
            )
        for table in JOURNAL:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()"
            )
        for table in _PARTS:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER journal_own_transaction AFTER INSERT ON {table} "
                "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_own_transaction()"
            )
        application = connections["default"].settings_dict["USER"]
        owner = connections["owner"].settings_dict["USER"]
        if application and application != owner:
            role = connections["owner"].ops.quote_name(application)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(JOURNAL)} FROM {role}")


def missing() -> list[str]:
    """Return the guarded tables on which the guard is absent or switched off."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname = 'journal_guard' AND t.tgenabled IN ('O', 'A')"
        )
        present = {row[0] for row in cursor.fetchall()}
    return [table for table in guarded_tables() if table not in present]
