"""The inbox room: people of the team take conversations over, answer, and hand them back."""
