"""A roster's way in: a spreadsheet as the commune has it → cells (sheets) → what each column is (columns) → households, and what is wrong
with which line (reading) → what would happen (plan) → events, all or none (taking)."""
