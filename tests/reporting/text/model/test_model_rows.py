from reporting.text.model.model_rows import columns, listed, row


def test_long_rows_are_wrapped_under_themselves():
    """The second line begins where the first one's content does."""
    first, second = row("label", "word " * 20)[:2]
    assert first.index("word") == len(second) - len(second.lstrip())


def test_an_empty_row_is_a_label():
    """Nothing to say is no reason to fail."""
    assert row("label", "") == ["  label"]


def test_columns_are_right_aligned():
    """All but the labels."""
    lines = columns(("rep", "effect"), [("R1", "+0.1"), ("long", "-10.25")])
    assert len({len(line) for line in lines}) == 1


def test_long_lists_are_cut():
    """The first twelve, and how many more."""
    assert listed([str(i) for i in range(15)]).endswith("10, 11, and 3 more")
    assert listed([]) == "none"
