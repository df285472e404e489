"""Journeys through a real server in a real browser, and the screenshots."""
