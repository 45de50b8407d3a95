"""The search for rubbish comes back after work that put it off, however that ends."""

from __future__ import annotations

import gc

import pytest

from workbench.runtime.garbage import rubbish_can_wait


def test_it_comes_back_after_the_work_and_after_a_failure():
    with rubbish_can_wait():
        assert not gc.isenabled()
        with rubbish_can_wait():
            pass
        assert not gc.isenabled()
    with pytest.raises(ValueError, match="stopped"), rubbish_can_wait():
        raise ValueError("stopped")
    assert gc.isenabled()
