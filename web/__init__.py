"""The same resources rendered as pages."""
