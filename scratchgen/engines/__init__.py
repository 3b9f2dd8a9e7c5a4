"""The real engines, fetched to test with: the official one and TurboWarp in Node, the editor in Chromium."""
