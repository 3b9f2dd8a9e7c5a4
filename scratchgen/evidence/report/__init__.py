"""The report on a file: one page that says how its network was trained and what is proven of it."""

from scratchgen.evidence.report.page import report_page

__all__ = ["report_page"]
