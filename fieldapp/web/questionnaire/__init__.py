"""The commune's questionnaire: taken away as a spreadsheet, brought back changed, looked at, published."""
