"""What a request's Accept-Encoding allows (RFC 9110, 12.5.3)."""


def accepts(header: str, encoding: str) -> bool:
    """Whether the header names the encoding with a weight above 0; "*" speaks for encodings that it does not name."""
    weights = dict(_weighed(part) for part in header.lower().split(","))
    return weights.get(encoding, weights.get("*", 0.0)) > 0


def _weighed(part: str) -> tuple[str, float]:
    """An encoding and its weight: 1 without one, 0 with one that is no number."""
    name, *parameters = (piece.strip() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return name, weight
