"""Django's settings. Every switch is an environment variable; the defaults are the safe ones."""

import os
from datetime import timedelta
from pathlib import Path

from gongjia.config.databases import database
from gongjia.config.home import home_folder, secret_key
from gongjia.domains import DOMAINS


def switch(name: str) -> bool:
    """Return whether the environment turns `name` on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    """Return the comma-separated words of an environment variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


GONGJIA_HOME = home_folder()
GONGJIA_HOUSE = os.environ.get("GONGJIA_HOUSE", "")  # the office whose household this is, under the product's name in the menu
GONGJIA_JOURNAL_KEY = Path(os.environ.get("GONGJIA_JOURNAL_KEY") or GONGJIA_HOME / "journal_key")  # signs seals; never in the database
GONGJIA_DEMO = switch("GONGJIA_DEMO")  # one-time sign-in links; only `gongjia demo` cities are served with it

DEBUG = switch("GONGJIA_DEBUG")
SECRET_KEY = secret_key(GONGJIA_HOME)
ALLOWED_HOSTS = listed("GONGJIA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("GONGJIA_ORIGINS")

# Packages, in the order in which they may know each other

DOMAIN_APPS = [f"gongjia.domains.{name}" for name in DOMAINS]
GONGJIA_APPS = [
    "gongjia.core",
    "gongjia.org",
    "gongjia.web",
    "gongjia.api",
    "gongjia.importer",
    "gongjia.ledger",
    "gongjia.standards",
    "gongjia.approvals",
    "gongjia.journal",
    *DOMAIN_APPS,
    "gongjia.dashboards",
    "gongjia.publishing",
]
INSTALLED_APPS = [
    *GONGJIA_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongjia.config.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongjia.config.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongjia.config.urls"
WSGI_APPLICATION = "gongjia.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "gongjia.config.jinja.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "gongjia.config.jinja.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages", "gongjia.web.frame.frame"],
        },
    },
]

# Data

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), GONGJIA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = GONGJIA_HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20  # form fields; files are streamed to disk and limited below
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an import page maps and mends many cells at once
GONGJIA_MAX_UPLOAD_BYTES = 256 * 2**20

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # one clerk's typing does not lock out her office
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "gongjia.web.views.sign_in.locked_out"
CSRF_FAILURE_VIEW = "gongjia.web.views.errors.stale_form"

# Notices of approvals: inside the program always, by mail and webhook only where these name one

GONGJIA_ORIGIN = os.environ.get("GONGJIA_ORIGIN", next(iter(CSRF_TRUSTED_ORIGINS), "")).rstrip("/")  # how links in mails begin
GONGJIA_MAIL_FROM = os.environ.get("GONGJIA_MAIL_FROM", "")
EMAIL_HOST = os.environ.get("GONGJIA_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("GONGJIA_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GONGJIA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GONGJIA_MAIL_PASSWORD", "")
EMAIL_USE_TLS = switch("GONGJIA_MAIL_TLS")
EMAIL_TIMEOUT = 20
GONGJIA_WEBHOOK_URL = os.environ.get("GONGJIA_WEBHOOK_URL", "")
GONGJIA_WEBHOOK_SECRET = os.environ.get("GONGJIA_WEBHOOK_SECRET", "")

# Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Static files: served from the packages themselves, addressed with a hash of their content

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gongjia.config.static.HashedAddresses"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Transport and browser

HTTPS = switch("GONGJIA_HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None  # ignored, with a console warning, on plain HTTP
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gongjia": {"level": os.environ.get("GONGJIA_LOG", "INFO")}},
}
GONGJIA_ACCESS = "gongjia.org.access.access_of"  # who may do what, where
