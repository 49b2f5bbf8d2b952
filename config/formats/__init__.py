"""Dates and times where Django itself writes them (the admin): the manner of events.moments, 24 hours."""
