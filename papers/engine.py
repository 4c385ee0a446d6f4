"""The layout engine; without its system libraries the site runs, and printing says what to install."""

try:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    CSS = HTML = FontConfiguration = URLFetcherResponse = None
    URLFetcher, FatalURLFetchingError = object, OSError
    ABSENCE = str(error)
else:
    ABSENCE = ""

__all__ = [
    "ABSENCE",
    "CSS",
    "HTML",
    "FatalURLFetchingError",
    "FontConfiguration",
    "URLFetcher",
    "URLFetcherResponse",
]
