"""What every answer carries, and which language it speaks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from gongjia.config.middleware import chosen_language, content_security_policy


def speak(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())


def asked(cookie: str = "", header: str = "") -> HttpRequest:
    request = RequestFactory().get("/", headers={"accept-language": header})
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    return request


def test_the_page_is_chinese_whatever_the_browser_prefers() -> None:
    response = chosen_language(speak)(asked(header="en-GB"))
    assert response.content == b"zh-hans"
    assert response["Content-Language"] == "zh-hans"


def test_the_page_is_english_once_chosen() -> None:
    assert chosen_language(speak)(asked(cookie="en")).content == b"en"


def test_an_unknown_language_is_no_choice() -> None:
    assert chosen_language(speak)(asked(cookie="xx")).content == b"zh-hans"


def test_the_policy_allows_nothing_foreign_and_nothing_inline() -> None:
    policy = content_security_policy(speak)(asked())["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_view_may_narrow_its_own_policy() -> None:
    def narrow(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    assert content_security_policy(narrow)(asked())["Content-Security-Policy"] == "default-src 'none'"
