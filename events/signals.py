"""What the world tells whoever listens. It does not know who does."""

from django.dispatch import Signal

# Sent with `request` and `conference` once somebody has added a conference by hand, on the page for it.
conference_added = Signal()
