"""Evidence about files: verification and reports."""
