"""In which language a request is answered."""

from starlette.datastructures import Headers, QueryParams
from starlette.types import Scope

from latent_core.language import chosen_by, languages
from pages.parts import state


def language_of(scope: Scope) -> str:
    """The code of the language of a request: its link's, else what the browser asks for; as `state.language`."""
    wanted = QueryParams(scope.get("query_string", b"")).get(state.LANG, "")
    asked = Headers(raw=list(scope.get("headers", ()))).get("Accept-Language", "")
    return wanted if wanted in languages() else chosen_by(asked)
