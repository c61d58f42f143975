"""Households at the desk: listed, one with its people and visits, corrected, moved, merged, erased; and who read them."""
