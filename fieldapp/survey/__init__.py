"""What a survey is: questionnaire, event, fold, check, contribution, indicator. The standard library only; no clock, no
random: they are arguments."""
