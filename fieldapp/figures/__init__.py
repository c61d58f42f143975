"""The way out: balances become figures. Pure sums over what the ledger keeps; words and pages are made above, in web/ and
paper/."""
