"""Measures every page and every save through the real server, on a sample and on the demo side by side.

`routes`, `picks`, `pages`, `saves` and `plan` work inside a house (its settings, its database); `house`, `browser`,
`timing`, `table`, `writers` and `load` stand outside and only speak HTTP.
"""
