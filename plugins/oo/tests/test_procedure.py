"""Where a deelprocedure stands, told from its decisions."""

import pytest

from vlok_oo.procedure import status_na


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (["In opmaak", "Geldig"], "Beslissing in opmaak"),
        (["Te versturen", "Verstuurd"], "Beslissing te versturen"),
        (["Verstuurd"], "Beslissing verstuurd"),
        (["Geldig", "Opgeheven"], "Beslissing geldig"),
        (["Opgeheven"], None),
        ([], None),
    ],
)
def test_the_decision_least_far_on_tells_where_a_deelprocedure_stands(standing, expected):
    assert status_na(standing) == expected
