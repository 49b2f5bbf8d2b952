"""Settings of the suite: the real ones over a data folder of its own, with cheap passwords and plain static files."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="lanyard-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["LANYARD_DATA"] = _data
for _name in [name for name in os.environ if name.startswith("LANYARD_") and name != "LANYARD_DATA"]:
    os.environ.pop(_name)

from config.settings import *  # noqa: E402, F403
from config.settings import INSTALLED_APPS, LOGGING, STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Whitenoise warns where the folder of collected files is missing, and warnings are errors here.
STATIC_ROOT.mkdir()

# It can tell where a page asks for its rows one by one (tests/test_queries.py opens its eyes).
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]

# A test that fails is read without a line for each of its requests.
LOGGING["loggers"]["lanyard.access"] = {"level": "WARNING"}
