"""The admin site hands out no key: nobody acts in another's name through it."""

from django.contrib import admin
from rest_framework.authtoken.models import Token, TokenProxy


def test_no_key_is_shown_or_made_in_the_admin():
    admin.autodiscover()
    assert admin.site.is_registered(Token) is False
    assert admin.site.is_registered(TokenProxy) is False
