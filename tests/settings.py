"""Settings under test: a home folder that is thrown away, a database in memory unless DATABASE_URL names one."""

import atexit
import os
import shutil
import tempfile

if "GONGJIA_HOME" not in os.environ:
    os.environ["GONGJIA_HOME"] = tempfile.mkdtemp(prefix="gongjia-test-")
    atexit.register(shutil.rmtree, os.environ["GONGJIA_HOME"], ignore_errors=True)

from gongjia.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow by design
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True  # finds a file when it is asked for, instead of scanning all at the start
