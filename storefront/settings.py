"""All settings of the site. Every value comes from the environment; README lists the variables.

With DEBUG off the site refuses to start unless its secrets and hosts are given.
"""

import os
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

from . import logs
from .environment import Values, switch, whole

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what a run leaves behind: database, logs, collected files

env = Values()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=True)
TESTING = "pytest" in sys.modules


def secret(name: str, development: str) -> str:
    """The secret `name` from the environment; a fixed one only while DEBUG is on."""
    value: str = env.str(name, default="")
    if value:
        return value
    if DEBUG:
        return development
    raise ImproperlyConfigured(
        f"{name} is not set and DEBUG is off; set {name} to a long random string, for example "
        "from `python -c 'import secrets; print(secrets.token_urlsafe(50))'`."
    )


SECRET_KEY = secret(
    "SECRET_KEY", "development-only-secret-key-never-used-with-debug-off-0123456789"
)
LEDGER_KEY = secret("LEDGER_KEY", "development-only-ledger-key")
LEDGER_KEYS_OLD = env.list("LEDGER_KEYS_OLD", default=[])  # they verify, and sign nothing any more
CHECKPOINT_FILE = env.str("CHECKPOINT_FILE", default="")
CHECKPOINT_MAIL = env.str("CHECKPOINT_MAIL", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set and DEBUG is off; set it to the site's host names, "
        "for example ALLOWED_HOSTS=shop.example,www.shop.example."
    )

# The shop's clock, for facts and eligibility only; the ledger always uses the real one.
try:
    SHOP_NOW = datetime.fromisoformat(raw) if (raw := env.str("SHOP_NOW", default="")) else None
except ValueError as error:
    raise ImproperlyConfigured(
        f"SHOP_NOW={raw} is not an ISO time; use for example 2026-11-20T18:00:00-05:00."
    ) from error
if SHOP_NOW and SHOP_NOW.tzinfo is None:
    raise ImproperlyConfigured(f"SHOP_NOW={raw} has no offset; add one, for example {raw}-05:00.")

INSTALLED_APPS = [
    "daphne",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "storefront",
    "chatbot",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "storefront.policy.AdminPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "storefront.policy.AdminInEnglish",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "storefront.currency.OnceARequest",
    "chatbot.for_you.Looked",
]

ROOT_URLCONF = "storefront.urls"
ASGI_APPLICATION = "storefront.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "storefront.context.shop",
            ]
        },
    }
]

# Who answers: web processes too, or only those of `manage.py run_worker`.
ANSWER_TURNS = switch(env, "ANSWER_TURNS", default=True)
TURNS_AT_ONCE = whole(env, "TURNS_AT_ONCE", default=32, least=1)  # of one process
TURNS_WAITING = whole(env, "TURNS_WAITING", default=1000, least=1)  # beyond these none is accepted
STOP_SECONDS = whole(
    env, "STOP_SECONDS", default=8, least=0
)  # to finish turns in, when told to end

# SQLite serves one machine well with these pragmas: readers never wait, and no acknowledged row is
# lost when the power goes (https://www.sqlite.org/pragma.html#pragma_synchronous). What is erased
# is overwritten (https://www.sqlite.org/pragma.html#pragma_secure_delete).
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"
        "PRAGMA secure_delete=ON;"
    ),
}


def database() -> dict[str, Any]:
    """The database of DATABASE_URL, or SQLite under var/."""
    VAR_DIR.mkdir(exist_ok=True)
    config: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'counterfoil.sqlite3'}"
    )
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
        # A file, because threads of a server under test must see one database.
        config["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    else:
        # Compiling a query takes longer here than any query does.
        # Each turn at work holds a connection; who gets none soon fails and comes again.
        pool = {"min_size": 2, "max_size": TURNS_AT_ONCE + 8, "timeout": 10}
        config["OPTIONS"] = {"pool": pool, "options": "-c jit=off"}
        config["CONN_MAX_AGE"] = 0
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "chatbot.working.Bell",
            "CONFIG": {"hosts": [REDIS_URL], "capacity": 100, "expiry": 60},
        }
    }
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "storefront.shared_cache.SharedCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "storefront.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if TESTING:  # nobody guesses there, and a slow hash is what most of a test's time would go into
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "storefront:sign_in"
LOGIN_REDIRECT_URL = "storefront:orders"
LOGOUT_REDIRECT_URL = "storefront:home"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLED = not TESTING

# What shoppers see; each in its own name. The admin is in English: storefront.policy.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"), ("zh-hans", "简体中文"), ("es", "Español"), ("fr", "Français"),
    ("de", "Deutsch"), ("ar", "العربية"),
]  # fmt: skip
FORMAT_MODULE_PATH = ["storefront.formats"]
LOCALE_PATHS = [BASE_DIR / "chatbot" / "locale", BASE_DIR / "storefront" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
WHITENOISE_USE_FINDERS = DEBUG

# One policy for the whole site: nothing from elsewhere, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^metrics$"]  # asked for within the house
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

# The origins whose pages may open a chat socket; the site's own hosts when unset.
SOCKET_ORIGINS = env.list("SOCKET_ORIGINS", default=[])

# The assistant. Paths may be relative to the project.
WARM_UP = env.bool("WARM_UP", default=not TESTING)  # load the models at start
MODELS = env.str("MODELS", default="")  # where the model process listens; empty: here
ENGINE = env.str("ENGINE", default="bundled")
ENGINE_MODEL = env.str("ENGINE_MODEL", default="")
ENGINE_TIMEOUT_SECONDS = env.float("ENGINE_TIMEOUT_SECONDS", default=20)
ENDPOINT_URL = env.str("ENDPOINT_URL", default="")
ENDPOINT_KEY = env.str("ENDPOINT_KEY", default="")
ENDPOINT_FIRST_SECONDS = env.float("ENDPOINT_FIRST_SECONDS", default=8)
ENDPOINT_SPEAKS = env.str("ENDPOINT_SPEAKS", default="values")
ENDPOINT_FALLBACK = env.str("ENDPOINT_FALLBACK", default="bundled")
ENDPOINT_PRICE_READ = env.str("ENDPOINT_PRICE_READ", default="")  # of a million tokens
ENDPOINT_PRICE_WRITTEN = env.str("ENDPOINT_PRICE_WRITTEN", default="")
ENDPOINT_CURRENCY = env.str("ENDPOINT_CURRENCY", default="USD")
TURN_SECONDS = env.float("TURN_SECONDS", default=40)
# Further endpoints that staff may choose in the admin, by name: name -> (address, key).
ENDPOINTS = {
    name: (env.str(f"ENDPOINT_URL_{name.upper()}"), env.str(f"ENDPOINT_KEY_{name.upper()}", ""))
    for name in env.list("ENDPOINT_PLACES", default=[])
}
REVIEW_SAMPLE_PERCENT = env.int("REVIEW_SAMPLE_PERCENT", default=5)
REVIEW_AMOUNT = Decimal(env.str("REVIEW_AMOUNT", default="200"))
REVIEW_FIRST_REPLIES = env.int("REVIEW_FIRST_REPLIES", default=20)
HOLD_RULES = env.list("HOLD_RULES", default=[])  # reasons of rules by which a reply waits for staff
HOLD_MINUTES = whole(env, "HOLD_MINUTES", default=3, least=1, fault="leaves staff no time")
TURN_LEASE_SECONDS = env.int("TURN_LEASE_SECONDS", default=30)
GUEST_LOOKUPS_PER_HOUR = env.int("GUEST_LOOKUPS_PER_HOUR", default=10)
ORDERS_PER_HOUR = env.int("ORDERS_PER_HOUR", default=30)
CODES_PER_HOUR = env.int("CODES_PER_HOUR", default=3)
OFFER_MINUTES = env.int("OFFER_MINUTES", default=30)
MESSAGES_PER_MINUTE = env.int("MESSAGES_PER_MINUTE", default=20)
MESSAGES_PER_DAY = env.int("MESSAGES_PER_DAY", default=300)
ADDRESS_MESSAGES_PER_DAY = env.int("ADDRESS_MESSAGES_PER_DAY", default=3000)
RECEIPTS_PER_HOUR = env.int("RECEIPTS_PER_HOUR", default=120)
ALERT_AFTER_MINUTES = env.int("ALERT_AFTER_MINUTES", default=2)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_ADDRESS = env.str("METRICS_ADDRESS", default="")  # of processes that serve no pages
METRICS_FOLDER = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
RECOMMENDER = env.str("RECOMMENDER", default=str(VAR_DIR / "recommender"))  # what training chose
GOOGLE_FEED = switch(env, "GOOGLE_FEED", default=True)  # whether /feeds/google.xml is there
FEEDS_PER_HOUR = env.int("FEEDS_PER_HOUR", default=60)
STUDIO_LABEL = switch(
    env, "STUDIO_LABEL", default=True
)  # tell on pages that texts are drafted by AI
LOOKS_KEPT_DAYS = whole(env, "LOOKS_KEPT_DAYS", default=90, least=1)
CHATS_KEPT_DAYS = env.int("CHATS_KEPT_DAYS", default=0)  # 0: as long as shop.toml says

EMAIL_TIMEOUT = 30
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="shop@localhost")

UNFOLD = {
    "SITE_TITLE": "Counterfoil",
    "SITE_HEADER": "Counterfoil",
    "SITE_SYMBOL": "receipt_long",
    "SHOW_HISTORY": True,
    "SIDEBAR": {"navigation": "chatbot.admin.sidebar.navigation"},
    "SCRIPTS": [lambda request: static("chatbot/landmarks.js")],
}

LOG_FORMAT = env.str("LOG_FORMAT", default="text" if DEBUG else "json")
if LOG_FORMAT not in ("json", "text"):
    raise ImproperlyConfigured(
        f'LOG_FORMAT={LOG_FORMAT} is not known; use "json", without personal data, or "text".'
    )
if LOG_FORMAT == "json":
    os.environ.setdefault("TQDM_DISABLE", "1")  # bars would stand between the lines
LOGGING = logs.config(LOG_FORMAT, env.str("LOG_LEVEL", default=""))
