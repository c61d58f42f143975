"""Cuts: by what the counted people and households are told apart. One table; each cut goes one way, never crossed with another,
so that a small group can't be narrowed down to a person. Team and urban or rural follow from the village and need no cut."""

AGE_BANDS = ((0, 5), (6, 14), (15, 17), (18, 34), (35, 59), (60, None))
SEXES = ("male", "female")
POVERTIES = ("poor", "near_poor", "none")


def band_name(first: int, last: int | None) -> str:
    return f"{first}+" if last is None else f"{first}-{last}"


CUTS = {
    "sex": SEXES,
    "age": tuple(band_name(first, last) for first, last in AGE_BANDS),
    "poverty": POVERTIES,
}


# What follows from the village alone, and needs no cut: the team that it is given to, and whether it is urban or rural.
TEAM, PLACE = OF_VILLAGES = ("team", "place")
URBAN, RURAL = PLACES = ("urban", "rural")
# By what a report may be cut, in its order; those that it is cut by unless an officer says otherwise.
OF_REPORTS = (*OF_VILLAGES, *CUTS)
USUAL = (TEAM, PLACE, "sex", "age")


def age_band(age: int | None) -> str | None:
    """`35-59`; None when the age is unknown, or below nought by a slip of the pen."""
    if age is None:
        return None
    for first, last in AGE_BANDS:
        if age >= first and (last is None or age <= last):
            return band_name(first, last)
    return None


def cuts_of(poverty: object, sex: object = None, age: int | None = None) -> tuple[str, ...]:
    """`all` and every cut that a person belongs to (a household: by poverty alone). What is not known gives no cut."""
    named = (("sex", sex), ("age", age_band(age)), ("poverty", poverty))
    return ("all", *(f"{kind}:{value}" for kind, value in named if value in CUTS[kind]))
