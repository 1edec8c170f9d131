"""All figures over the demo against hand-written SQL, in one warm process.

Run: ``.venv/bin/congvu dev shell < bench/figures.py`` after ``make demo SERVE=0``; aim: at most 1.25 times the hand-written SQL.
The hand-written queries count the same figures, one scan a fact, with the agencies joined by their days.
"""
