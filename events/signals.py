"""What the world tells whoever listens. It does not know who does."""

from django.dispatch import Signal

# Sent with `request` and `conference` once somebody has added a conference by hand, on the page for it.
conference_added = Signal()

# Sent with `row` and `left` once two rows that cannot stand side by side have become one (a mark of each of two merged
# talks): `left` are values of the other by column, which the one that stays could not hold. Who keeps them elsewhere
# returns True; text that nobody keeps makes the merge fail.
row_could_not_hold = Signal()
