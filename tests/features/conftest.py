"""What the tests of several families begin with."""

import pytest


@pytest.fixture
async def amina(circle):
    """Amina with one person on her list; her screen is what the test looks at."""
    await circle.run('@amina /lead add name:"Dana R." organisation:"Nordik" why:"built the river sensor"')
    return circle
