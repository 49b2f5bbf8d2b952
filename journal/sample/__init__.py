"""A large database to try Lanyard on: ten years of conferences and the books of people who went to them."""

from journal.sample.making import ACCOUNT, Sizes, make_sample, somebody_keeps_a_journal

__all__ = ["ACCOUNT", "Sizes", "make_sample", "somebody_keeps_a_journal"]
