"""What every answer tells the browser: nothing from a foreign host, nothing inline, nothing kept on a shared computer."""

import re
from dataclasses import replace

import pytest

from fieldapp import create_app


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/api/health", "/phone/", "/static/desk/base.css"])
def test_every_answer_carries_the_security_headers(anybody, path):
    headers = anybody.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/sign-in", "/phone/"])
def test_no_policy_allows_unsafe_or_foreign_sources(anybody, path):
    policy = anybody.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


def test_pages_are_not_kept_by_the_browser(minh):
    assert minh.get("/").headers["Cache-Control"] == "no-store"


def test_no_page_of_the_desk_has_inline_script_or_style(minh, register):
    code = register("dong-cho", "Trịnh Thị Hoa")
    pages = ("/sign-in", "/", "/indicators/smartphone", "/villages/dong-cho", f"/households/{code}", "/enrolment", "/nowhere")
    for path in pages:
        assert not re.search(r"<style|\sstyle=|<script|\son\w+=", minh.get(path).text), path


def test_cookies_are_out_of_reach_of_scripts_and_foreign_sites(anybody):
    cookie = anybody.sign_in("minh").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


def test_behind_https_cookies_are_secure_and_browsers_are_told_to_stay(app, engine):
    client = create_app(replace(app.extensions["fieldapp"].settings, https=True), engine).test_client()
    answer = client.get("/sign-in", base_url="https://thieu-trung.example")
    assert "Secure" in answer.headers["Set-Cookie"] and "max-age" in answer.headers["Strict-Transport-Security"]
