"""Version 3: what people do to leads and reps, keys of leads, models."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from ledger.migrations.protection import forbid, permit
from ledger.schema.moment import UtcMoment

revision = "v3_lives"
down_revision = "v2_owners"

EVENT_KINDS = (
    "kind IN ('assigned', 'kept', 'unassigned', 'recalled', 'reassigned', "
    "'overridden', 'responded', 'progressed', 'won', 'lost', 'reopened', 'credited', "
    "'merged', 'parted', 'warned', 'escalated', 'rep_off', 'rep_on', 'erased')"
)
MORE_THAN_AN_END = (
    "OLD.ended_at IS NOT NULL OR OLD.number <> NEW.number "
    "OR OLD.lead_id <> NEW.lead_id OR OLD.rep_id <> NEW.rep_id "
    "OR OLD.started_at <> NEW.started_at OR OLD.cause <> NEW.cause "
    "OR coalesce(OLD.run, -1) <> coalesce(NEW.run, -1) "
    "OR coalesce(OLD.after_run, -1) <> coalesce(NEW.after_run, -1)"
)
OWNERSHIP = """
    CREATE VIEW ownership AS
    SELECT a.lead_id, a.rep_id, a.started_at, a.ended_at, a.cause, a.end_cause,
        r.run_id, r.day, r.scenario, d.reason, d.p_convert, d.value, d.arm, d.propensity
    FROM assignments a
    LEFT JOIN runs r ON r.number = a.run
    LEFT JOIN decisions d ON d.run = a.run AND d.lead_id = a.lead_id
"""


def upgrade() -> None:
    """Widen the tables of runs, leads, assignments and events, and add the others."""
    _widen("runs", _widen_runs)
    op.add_column(
        "leads",
        sa.Column(
            "erased_at", UtcMoment(), comment="When its personal data were blanked."
        ),
    )
    _widen("assignments", _widen_assignments, on_update=MORE_THAN_AN_END)
    _widen("events", _widen_events)
    _find_current_and_waiting()
    _make_lead_keys()
    _make_rep_facts()
    _make_models()
    op.execute(OWNERSHIP)


def _widen(
    table: str, change: Callable[[], None], on_update: str | None = None
) -> None:
    """Change a table without its triggers, which are there again afterwards."""
    for word in ("UPDATE", "DELETE"):
        permit(table, word)
    change()
    forbid(table, "UPDATE", on_update)
    forbid(table, "DELETE")


def _widen_runs() -> None:
    for name, comment in {"actor": "Who ran it.", "model_id": "Of models."}.items():
        column = sa.Column(
            name, sa.Text(), nullable=False, server_default="", comment=comment
        )
        op.add_column("runs", column)
    op.create_index(op.f("runs_day"), "runs", ["day"], unique=False)


def _widen_assignments() -> None:
    op.add_column(
        "assignments",
        sa.Column("cause", sa.Text(), server_default="assigned", nullable=False),
    )
    op.add_column(
        "assignments",
        sa.Column("after_run", sa.Integer(), comment="Then: the last run before."),
    )
    op.add_column(
        "assignments",
        sa.Column(
            "end_after_run", sa.Integer(), comment="The last run before a person did."
        ),
    )


def _widen_events() -> None:
    with op.batch_alter_table("events") as events:
        events.drop_constraint(op.f("events_kind"), type_="check")
        events.create_check_constraint(op.f("events_kind"), EVENT_KINDS)
        for column in (
            sa.Column("recorded_at", UtcMoment(), comment="Unknown before version 3."),
            sa.Column(
                "other",
                sa.Text(),
                comment="The lead or rep that it was before, or as well.",
            ),
            sa.Column("value", sa.Float(), comment="Of a deal that was won."),
            sa.Column("until", UtcMoment(), comment="When it ends by itself."),
            sa.Column(
                "after_run", sa.Integer(), comment="Of no run: the last run before."
            ),
            sa.Column("content", sa.Text(), comment="Hash; tells repeated events."),
        ):
            events.add_column(column)
        events.create_unique_constraint(op.f("events_one_content"), ["content"])
    op.create_index("events_of_kind", "events", ["kind", "at"], unique=False)
    op.drop_index(op.f("events_lead_id"), "events")
    of_lead = ["lead_id", "kind", "number"]
    op.create_index("events_of_lead", "events", of_lead, unique=False)


def _find_current_and_waiting() -> None:
    """Index what every morning asks, at a cost that does not grow with the years."""
    for name, table, columns, condition in (
        ("decisions_unassigned", "decisions", ["lead_id"], "kind = 'unassigned'"),
        ("assignments_ended", "assignments", ["lead_id"], "ended_at IS NOT NULL"),
        (
            "assignments_current_of_rep",
            "assignments",
            ["rep_id", "lead_id", "ended_at"],
            "ended_at IS NULL",
        ),
    ):
        where = sa.text(condition)
        op.create_index(
            name, table, columns, sqlite_where=where, postgresql_where=where
        )


def _make_lead_keys() -> None:
    op.create_table(
        "lead_keys",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="Normalised."),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('email', 'phone', 'domain', 'company')",
            name=op.f("lead_keys_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["leads.lead_id"], name=op.f("lead_keys_lead_id_known")
        ),
        sa.PrimaryKeyConstraint("kind", "key", "lead_id", name=op.f("lead_keys_key")),
    )
    op.create_index("lead_keys_of_lead", "lead_keys", ["lead_id"], unique=False)


def _make_rep_facts() -> None:
    op.create_table(
        "rep_facts",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column(
            "after_run", sa.Integer(), nullable=False, comment="The last run before."
        ),
        sa.Column("rep_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), comment="The last day; empty for an open end."),
        sa.Column("factor", sa.Float(), comment="Of the rep's daily capacity."),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("voids", sa.Integer(), comment="A fact that is void."),
        sa.CheckConstraint(
            "kind IN ('absent', 'part_time', 'ramp_up', 'left', 'void')",
            name=op.f("rep_facts_kind"),
        ),
        sa.CheckConstraint(
            "to_day IS NULL OR to_day >= from_day", name=op.f("rep_facts_order")
        ),
        sa.CheckConstraint(
            "factor IS NULL OR (factor >= 0 AND factor <= 1)",
            name=op.f("rep_facts_factor"),
        ),
        sa.ForeignKeyConstraint(
            ["voids"], ["rep_facts.number"], name=op.f("rep_facts_voids_known")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("rep_facts_key")),
    )
    op.create_index(op.f("rep_facts_rep_id"), "rep_facts", ["rep_id"], unique=False)
    _protect("rep_facts")


def _make_models() -> None:
    op.create_table(
        "models",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False, comment="Hash of the file."),
        sa.Column(
            "at", UtcMoment(), nullable=False, comment="The moment it was fitted for."
        ),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column(
            "figures", sa.JSON(), nullable=False, comment="Out of time, new and old."
        ),
        sa.CheckConstraint(
            "verdict IN ('first', 'better', 'not_worse', 'worse')",
            name=op.f("models_verdict"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("models_key")),
    )
    op.create_index(op.f("models_model_id"), "models", ["model_id"], unique=False)
    _protect("models")


def _protect(table: str) -> None:
    forbid(table, "UPDATE")
    forbid(table, "DELETE")
