"""A questionnaire's way in: a spreadsheet in the field's standard (XLSForm) read, checked cell by cell, compared with the version in use,
and compiled to the JSON that server and phone use. docs/xlsform.md says which part of the standard that is."""
