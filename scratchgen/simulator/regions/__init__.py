"""Stretches of blocks between which nothing else can run, compiled as a whole.

Where no other thread can have its turn, nobody sees a variable between two blocks: it may live in a local
name of Python, its kind and range may be proven from what is assigned to it, and many inputs may be worked
at once (*lanes*). :mod:`.routine` reads blocks into statements with every custom block inlined,
:mod:`.ranges` and :mod:`.facts` say what is known of a value, :mod:`.terms` turns expressions and
:mod:`.compiler` statements into Python. A stretch that cannot be compiled so is left to the translator.
"""
