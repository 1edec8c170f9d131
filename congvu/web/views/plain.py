"""What machines ask for, and the pages shown when something is wrong."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template

from congvu import __version__

from ..guards import public
from ..middleware import request_id

log = logging.getLogger(__name__)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 where pages can be served: the process runs and the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unreachable", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _without_database("errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _without_database("errors/500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.info("a form was refused: %s", reason)
    return render(request, "errors/csrf.html", status=403)


def _without_database(template: str, status: int) -> HttpResponse:
    """Show a page that asks for nothing: neither session nor shell, for the database may be what is broken."""
    return HttpResponse(get_template(template).render({"request_id": request_id()}), status=status)
