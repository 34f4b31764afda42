"""The entry for WSGI servers: `granian --interface wsgi dandang.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dandang.config.settings")
application = get_wsgi_application()
