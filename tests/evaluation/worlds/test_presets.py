import pytest

from evaluation import WorldSpec
from evaluation.worlds import SettingError, changed


def test_settings_change_the_spec() -> None:
    """Numbers of the field's kind; of two with one name the last counts."""
    spec = changed(WorldSpec(), ["rep_sd=0.4", " n_reps = 30", "rep_sd=0.5"])
    assert spec == WorldSpec(rep_sd=0.5, n_reps=30)
    assert changed(WorldSpec(), []) == WorldSpec()
    assert changed(WorldSpec(), ["decay_half_life=inf"]) == WorldSpec()
    assert changed(WorldSpec(), ["named=1"]) == WorldSpec(named=True)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("rep_ds=1", "a world has no 'rep_ds'; did you mean 'rep_sd'"),
        ("zzz=1", "a world has no 'zzz'; there are n_reps, leads_per_day"),
        ("rep_sd", "'rep_sd': expected name=value"),
        ("n_reps=2.5", "n_reps is '2.5', expected a whole number"),
        ("rep_sd=high", "rep_sd is 'high', expected a number"),
        ("named=yes", "named is 'yes', expected 0 or 1"),
        ("rep_sd=9", "rep_sd is 9, expected 0 to 5"),
        ("decay_half_life=0", "decay_half_life is 0, expected 0.01 to inf"),
        ("absence_share=1.5", "absence_share is 1.5, expected 0 to 1"),
    ],
)
def test_settings_no_world_can_have_are_named(setting: str, message: str) -> None:
    """What is wrong, and the nearest name."""
    with pytest.raises(SettingError, match=message):
        changed(WorldSpec(), [setting])
