"""Settings of the suite: the real ones over a data folder of its own, with cheap passwords and plain static files."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="lanyard-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["LANYARD_DATA"] = _data
for _name in ("LANYARD_URL", "LANYARD_DEMO", "LANYARD_DEBUG", "LANYARD_SECRET_KEY"):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
