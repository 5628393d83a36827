"""Holding before sending: a reply that a rule finds risky waits for staff before its first word.

It is drafted and checked in full, then kept as a row; nobody works on its turn meanwhile, so that
no worker waits and a process that dies takes nothing along. What ends the wait, staff, the shopper
or the clock, ends it once, in one transaction with what the shopper is told.
"""
