"""The review room: what staff should look at, who looks, and what they decide."""
