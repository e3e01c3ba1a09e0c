"""Version 2: one current owner per lead, events, scenarios; version 1 is taken over."""

import sqlalchemy as sa
from alembic import op

from ledger.migrations.protection import forbid
from ledger.migrations.takeover import set_aside, take_over
from ledger.schema.moment import UtcMoment

revision = "v2_owners"
down_revision = None

ADDED_ONLY = ("scenarios", "runs", "decisions", "events")
"""Tables whose rows are never changed, and never removed."""
EVENT_KINDS = (
    "kind IN ('assigned', 'kept', 'unassigned', 'recalled', 'reassigned', "
    "'overridden', 'responded', 'won', 'lost', 'credited', 'merged', 'rep_off', "
    "'rep_on')"
)


def upgrade() -> None:
    """Make the tables, and fill them from those of version 1, if there are any."""
    earlier = set_aside(op.get_bind())
    _make_scenarios()
    _make_runs()
    _make_leads()
    _make_assignments()
    _make_decisions()
    _make_events()
    if earlier:
        take_over(op.get_bind())
    for table in ADDED_ONLY:
        forbid(table, "UPDATE")
        forbid(table, "DELETE")
    forbid("leads", "DELETE")
    forbid("assignments", "DELETE")
    forbid("assignments", "UPDATE", ENDED_OR_MORE_THAN_ENDING)


def _make_scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column(
            "scenario_id", sa.Text(), nullable=False, comment="Hash of the text."
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "text", sa.Text(), nullable=False, comment="All of it, `extends` resolved."
        ),
        sa.PrimaryKeyConstraint("scenario_id", name=op.f("scenarios_key")),
    )


def _make_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False, comment="Hash of the input."),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("scenario_id", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False, comment="The company's day."),
        sa.Column("as_of", UtcMoment(), nullable=False),
        sa.Column("recorded_at", UtcMoment(), comment="Unknown before version 2."),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("objective", sa.Float(), nullable=True),
        sa.Column("n_leads", sa.Integer(), nullable=False),
        sa.Column("n_assigned", sa.Integer(), nullable=False),
        sa.Column("n_kept", sa.Integer(), nullable=False),
        sa.Column("n_unassigned", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column(
            "supersedes", sa.Integer(), nullable=True, comment="A run that is void."
        ),
        sa.CheckConstraint(
            "n_leads = n_assigned + n_kept + n_unassigned", name=op.f("runs_all_leads")
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenarios.scenario_id"],
            name=op.f("runs_scenario_id_known"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes"], ["runs.number"], name=op.f("runs_supersedes_known")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("runs_key")),
        sa.UniqueConstraint("run_id", name=op.f("runs_one_run_id")),
    )


def _make_leads() -> None:
    op.create_table(
        "leads",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=True),
        sa.Column("first_run", sa.Integer(), nullable=False),
        sa.Column("company", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False, comment="The others, as text."),
        sa.ForeignKeyConstraint(
            ["first_run"], ["runs.number"], name=op.f("leads_first_run_known")
        ),
        sa.PrimaryKeyConstraint("lead_id", name=op.f("leads_key")),
    )


def _make_assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("rep_id", sa.Text(), nullable=False),
        sa.Column("started_at", UtcMoment(), nullable=False),
        sa.Column(
            "run", sa.Integer(), nullable=True, comment="Empty where a person did it."
        ),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.Column("end_cause", sa.Text(), nullable=True),
        sa.Column(
            "end_run", sa.Integer(), nullable=True, comment="The run that ended it."
        ),
        sa.CheckConstraint("rep_id <> ''", name=op.f("assignments_owner")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_cause IS NULL)", name=op.f("assignments_end")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= started_at", name=op.f("assignments_order")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["leads.lead_id"], name=op.f("assignments_lead_id_known")
        ),
        sa.ForeignKeyConstraint(
            ["end_run"], ["runs.number"], name=op.f("assignments_end_run_known")
        ),
        sa.ForeignKeyConstraint(
            ["run"], ["runs.number"], name=op.f("assignments_run_known")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("assignments_key")),
    )
    op.create_index(
        op.f("assignments_lead_id"), "assignments", ["lead_id"], unique=False
    )
    op.create_index(
        "assignments_of_rep", "assignments", ["rep_id", "started_at"], unique=False
    )
    op.create_index(
        "assignments_one_current_owner",
        "assignments",
        ["lead_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "rep_id", sa.Text(), nullable=False, comment="Empty where unassigned."
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("p_convert", sa.Float(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("propensity", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "(rep_id = '') = (kind = 'unassigned')", name=op.f("decisions_owner")
        ),
        sa.CheckConstraint(
            "kind IN ('assigned', 'kept', 'unassigned')", name=op.f("decisions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["leads.lead_id"], name=op.f("decisions_lead_id_known")
        ),
        sa.ForeignKeyConstraint(
            ["run"], ["runs.number"], name=op.f("decisions_run_known")
        ),
        sa.PrimaryKeyConstraint("run", "lead_id", name=op.f("decisions_key")),
    )
    op.create_index(op.f("decisions_lead_id"), "decisions", ["lead_id"], unique=False)


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("rep_id", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False, comment="A run, or who did it."),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(EVENT_KINDS, name=op.f("events_kind")),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["leads.lead_id"], name=op.f("events_lead_id_known")
        ),
        sa.ForeignKeyConstraint(
            ["run"], ["runs.number"], name=op.f("events_run_known")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("events_key")),
    )
    op.create_index(op.f("events_lead_id"), "events", ["lead_id"], unique=False)


ENDED_OR_MORE_THAN_ENDING = (
    "OLD.ended_at IS NOT NULL OR OLD.number <> NEW.number "
    "OR OLD.lead_id <> NEW.lead_id OR OLD.rep_id <> NEW.rep_id "
    "OR OLD.started_at <> NEW.started_at "
    "OR coalesce(OLD.run, -1) <> coalesce(NEW.run, -1)"
)
