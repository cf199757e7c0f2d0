"""Links that nobody should send: the page opens all the same, with a recipe that can be made."""

from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from pages.parts import state
from tests.harness.serving import ROOT

HOSTILE = [
    "theta=nan&n=inf&seed=-1&depth=1e308&k=-5",
    "theta=1e308&n=99999999999999999999&seed=1e999",
    "w=3:nan,8:inf",
    "w=" + ",".join(f"c{i}:1" for i in range(10_000)),
    "w=3:50,3:50,3:50&w=8:1&theta=0.1&theta=0.9",
    "w=::::,,,:::&theta=&n=&seed=",
    "data=../../../etc&model=..%2F..%2Fpasswd",
    "data=nothing&model=nothing&method=nothing",
    "data=fashion&model=elbo-10&w=3:50",
    "w=%3Cscript%3Ealert(1)%3C/script%3E:50&method=%3Cimg%20src=x%20onerror=alert(1)%3E",
    "data=%3Ciframe%20srcdoc=%22%3Cscript%3Eparent.hacked=1%3C/script%3E%22%3E",
    "data=%00&w=%E2%80%AE3:50&model=%F0%9F%A6%8A",
    "data=%FF%FE&w=%ED%A0%80:1",
    "theta=" + "9" * 5000,
    "&".join(f"x{i}={i}" for i in range(900)),
    "__proto__=1&constructor=2&w=__proto__:5",
    "tool=x&start=:row99999999&dir=pc0:1,dim99:1,dim1:1e999,<b>:&grid=:&change=,:nan&morph=:,:&corners=,,,:9:9&parts=3,8",
    "group=%00~~~;;;&map=nan&kind=..%2F&pattern=" + "A" * 5000,
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:30])
def test_a_hostile_link_falls_back(query: str) -> None:
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for key, values in parse_qs(query, keep_blank_values=True).items():
        page.query_params[key] = values
    page.run()
    assert not page.exception
    recipe = page.session_state[state.VISIT].recipe
    assert isinstance(recipe, Recipe) and np.isfinite(Model(recipe.slug).make(recipe).picture).all()
