"""Hypothesis strategies for what programs hold besides blocks: odd names, odd texts and numbers, places."""

from __future__ import annotations

from hypothesis import strategies as st

from scratchgen.scratch.program import Value

__all__ = ["characters", "names", "numbers", "places", "plain_names", "texts", "values"]

ODD_NAMES = [
    "", " ", "v", "x v", "a  b", " a ", "timer", "Timer", "answer?", "10", "e", "-", "1e5", "#fff", "#123456",
    "(x)", "[x]", "<x>", "{x}", "a\\b", "::", "a :: b", "//", "//! warp", "http://a.b", "@greenFlag", "+1",
    "-x", "◂", "a\nb", "\ttab", "\ud83d", "😀", "&lt;", "define", "end", "else", "length of", "%s", "100%",
    "?", "mouse-pointer", "_mouse_", "stage", "true", "=", "...", "\u2028", "\ufeff", "é", "none", "opcode",
]  # fmt: skip

characters = st.characters(exclude_characters="\b")
"""Any but the backspace, which the official engine drops when it reads a file, and so do we."""

plain_names = st.text("abcxyz ", min_size=1, max_size=6).map(str.strip).filter(bool)
names = plain_names | st.sampled_from(ODD_NAMES) | st.text(characters, max_size=5)
texts = (
    st.sampled_from(["", "a", "10", "-0.5", "1.50", "v", "a v", "]", "\\", "\n", "#fff", "<", "\x00"]) | names
)
numbers: st.SearchStrategy[float] = st.integers(-(10**6), 10**6) | st.sampled_from(
    [0.5, -0.25, 1e21, 1.5e-7, 0.1, 2**53, 123456789.125]
)
values: st.SearchStrategy[Value] = texts | numbers | st.booleans()
places = st.integers(-2000, 2000) | st.sampled_from([0.5, -13.25])
