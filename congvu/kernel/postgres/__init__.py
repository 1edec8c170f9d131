"""The database server that comes with the application: PostgreSQL on a Unix socket, one for each home.

``acquire`` starts the server of a home, or joins the one that runs; the last to ``release`` stops it. Nothing
here knows Django: the caller passes the URLs on (``DATABASE_URL``, ``DATABASE_OWNER_URL``).
"""

from congvu.kernel.postgres.cluster import Cluster, acquire, destroy, running
from congvu.kernel.postgres.databases import APP, OWNER, fresh_database, prepare

__all__ = ["APP", "OWNER", "Cluster", "acquire", "destroy", "fresh_database", "prepare", "running"]
