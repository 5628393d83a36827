"""The figures room: what the dashboard tells, counted conversation by conversation.

`tallies` says what a conversation counts for, `rollup` keeps the sums of each day, `report` makes
tables of them. No page ever reads all replies.
"""
