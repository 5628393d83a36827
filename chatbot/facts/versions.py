"""Which lines of a page are of one version of the product: "Junior: carries up to 60 kg"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storefront import queries

Options = Mapping[str, Sequence[str]]


def version_of(line: str, product: queries.Product) -> tuple[str, str] | None:
    """The option and its value that a line begins with; nothing for a line on all of them."""
    head = line.partition(": ")[0].casefold()
    for variant in product.variants:
        for name, value in zip(product.option_names, variant.values, strict=False):
            if value.casefold() == head:
                return name, value
    return None


def of_others(line: str, product: queries.Product, wished: Options) -> bool:
    """Whether a line is of another version than those wished for, and does not name one of them
    further on ("Standard: 70 cm. Large: 100 cm.")."""
    own = version_of(line, product)
    if own is None or own[0] not in wished:
        return False
    return not any(value.casefold() in line.casefold() for value in wished[own[0]])


def alike(line: str, lines: Sequence[str], product: queries.Product) -> list[int]:
    """The places of the lines that tell of the other versions what `line` tells of one."""
    own = version_of(line, product)
    others = (version_of(text, product) for text in lines)
    return [i for i, other in enumerate(others) if own and other and other[0] == own[0]]
