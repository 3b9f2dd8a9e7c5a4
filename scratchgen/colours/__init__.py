"""Colour names: the survey, the table of words, labelled CSV files, and scoring."""
