"""The wordings of the example's records: tuples of templates, one fact a tuple.

A template holds ``{a}`` and ``{b}`` for Party A and Party B, ``{c}`` for a third person,
``{caller}`` for whoever rang, ``{a_he}``, ``{a_him}``, ``{a_his}`` (and the same for b), ``{kin}``
for what Party B is to Party A, ``{kin_a}`` for the other way round, ``{act}`` for what Party B is
said to have done and ``{counter}`` for what Party A is said to have done.
"""
