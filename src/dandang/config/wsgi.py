"""The entry for WSGI servers: `granian --interface wsgi dandang.config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

_OBJECTS = 20_000
"""After so many new objects Python looks for cycles among them. A page of fifty rows makes a
thousand objects and next to no cycles; looked for after every 700 they cost it 4 % of its time."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dandang.config.settings")
gc.set_threshold(_OBJECTS)
application = get_wsgi_application()
