import pytest

from tocsin.engine import Engine


@pytest.fixture(scope="module")
def engine():
    with Engine(threads=1) as opened:
        yield opened
