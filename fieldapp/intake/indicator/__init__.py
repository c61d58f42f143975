"""The way in of an indicator that an officer defines: a form or lines of a spreadsheet become definitions, or it is told what is wrong where."""
