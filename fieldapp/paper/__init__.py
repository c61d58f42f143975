"""What is printed or carried away: cards, sheets, reports, packages."""
