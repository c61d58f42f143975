"""Spreadsheets of one line a thing under Vietnamese headings: out, changed by an officer, and in again; what is wrong is told by line and column."""
