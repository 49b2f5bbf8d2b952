"""Rows of the world that are one thing become one, and a speaker who is two people becomes two again.

Everything that points at them moves by foreign key, of whatever app it is, and nothing that was written is dropped.
"""

from events.services.merging.applying import MergeReport, merge
from events.services.merging.facts import Thing
from events.services.merging.plan import Count, Fact, Plan, plan_merge
from events.services.merging.references import Reference, references_to
from events.services.merging.splitting import SplitPlan, SplitReport, merges_of, plan_split, split

__all__ = [
    "Count",
    "Fact",
    "MergeReport",
    "Plan",
    "Reference",
    "SplitPlan",
    "SplitReport",
    "Thing",
    "merge",
    "merges_of",
    "plan_merge",
    "plan_split",
    "references_to",
    "split",
]
