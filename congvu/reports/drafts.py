from .template import Template, load_template


def current_template(kind: str, year: int) -> Template:
    return load_template(kind)
