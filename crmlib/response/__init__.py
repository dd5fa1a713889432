"""Machinery of `crmlib.acquisition`: what share of people does what we want, by what is spent on each of them.

curves       the curve itself: its rate, its slope, what the next success costs
fitting      the curve that cells of people, spending and successes support, and how surely
"""
