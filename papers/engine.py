"""The layout engine; without its system libraries the site runs, and printing says what to install."""

from law.errors import RuleViolation

try:
    from weasyprint import CSS, HTML, __version__
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    CSS = HTML = FontConfiguration = URLFetcherResponse = None
    URLFetcher, FatalURLFetchingError = object, OSError
    __version__ = ""
    ABSENCE = str(error)
else:
    ABSENCE = ""

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
__all__ = [
    "ABSENCE",
    "CSS",
    "HTML",
    "FatalURLFetchingError",
    "FontConfiguration",
    "URLFetcher",
    "URLFetcherResponse",
    "__version__",
    "require",
]


def require() -> None:
    """Refuse to print without the engine; what was to be printed waits in the outbox."""
    if ABSENCE:
        raise RuleViolation(
            code="printing_unavailable",
            message=f"本机缺少排版组件，暂不能制作文书：{ABSENCE}",
            unblock=f"请系统管理员安装：apt install {LIBRARIES}",
            message_en=f"Papers cannot be printed on this machine: {ABSENCE}",
        )
