"""The recall room: what shoppers were told, whether it is still true, and telling who was told."""
