"""The real engines, fetched to test with: the official one under Node, and the editor in Chromium."""
