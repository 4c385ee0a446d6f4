"""What a password must be, said in the words of the county."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own length check; its sentence has no Chinese translation in this release."""

    def get_error_message(self) -> str:
        """Say how long a password must be."""
        return _("密码太短，至少 %(length)d 位。") % {"length": self.min_length}
