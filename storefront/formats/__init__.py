"""How dates are written where Django does not say it, or says it otherwise than our pages do."""
