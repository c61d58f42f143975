"""The web door: pages of the commune's desk, the phone's page, and the two calls a phone makes.

A view reads the request, asks one function below, answers. No query, no arithmetic and no rule of the survey lives here.
"""
