"""Colour names as letters, and how far two colours are apart."""
