"""Comments on cells: ours beside those of people, in notes and in the threads of newer Excel, and taken off again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

from congvu.press.tidy import tidy
from congvu.press.word.xml import XML_SPACE, Element
from congvu.sheets.grid import cell_name

from .xlsx_package import Package, child, children, local, made, space
from .xlsx_sheet import SheetXml, place
from .xlsx_vml import add_shapes, new_drawing, without_shapes

SIGN: Final = "⚑"
"""What each of our lines begins with, so that they are found again, whoever saved the file since."""
AUTHOR: Final = "Congvu"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_PERSON: Final = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:congvu:marks")).upper() + "}"

Texts = Mapping[tuple[int, int], str]
"""What is to be said of cells, by row and column."""


def take_off(package: Package, sheet: str) -> None:
    """Take our lines off the comments of a sheet; a comment that says nothing more goes with its box."""
    for threads in _threads(package, sheet):
        root = package.tree(threads)
        ours = [each for each in root if each.get("personId", "").upper() == _PERSON]
        for each in ours:
            root.remove(each)
        if ours:
            package.touch(threads)
    part = package.related(sheet, "comments")
    listed = child(package.tree(part), "commentList") if part else None
    if part is None or listed is None:
        return
    changed, emptied = False, set()
    for comment in children(listed, "comment"):
        if not _strip(comment):
            continue
        changed = True
        if not _said(comment).strip():
            listed.remove(comment)
            emptied.add(place(comment.get("ref", "")))
    if changed:
        package.touch(part)
    drawing = package.related(sheet, "vmlDrawing")
    if emptied and drawing:
        package.write(drawing, [without_shapes(package.read(drawing), {at for at in emptied if at})])


def add(package: Package, sheet: str, xml: SheetXml, texts: Texts) -> None:
    """Say ``texts`` of their cells; where a comment stands already, they are added to it."""
    if not texts:
        return
    lines = {at: "\n".join(f"{SIGN} {line}" for line in tidy(text).splitlines()) for at, text in texts.items()}
    part = package.related(sheet, "comments") or _new(package, sheet)
    root = package.tree(part)
    author = _author(root)
    listed = child(root, "commentList")
    if listed is None:
        listed = made(root, "commentList")
        root.insert(1, listed)
    known = {place(comment.get("ref", "")): comment for comment in children(listed, "comment")}
    for at in sorted(lines):
        if (comment := known.get(at)) is not None:
            _append(comment, lines[at])
        else:
            listed.append(_comment(listed, at, author, lines[at]))
    package.touch(part)
    _reply(package, sheet, lines)
    _draw(package, sheet, xml, {at: text for at, text in lines.items() if at not in known})


def _new(package: Package, sheet: str) -> str:
    part = package.unused("xl/comments{}.xml")
    name = space(package.tree(package.workbook)).strip("{}")
    package.write(part, [f'<comments xmlns="{name}"><authors/><commentList/></comments>'.encode()])
    package.declare(part, _TYPE)
    package.relate(sheet, "comments", part)
    return part


def _author(root: Element) -> str:
    authors = child(root, "authors")
    if authors is None:
        authors = made(root, "authors")
        root.insert(0, authors)
    names = [each.text for each in children(authors, "author")]
    if AUTHOR not in names:
        author = made(authors, "author")
        author.text = AUTHOR
        authors.append(author)
    return str((*names, AUTHOR).index(AUTHOR))


def _comment(listed: Element, at: tuple[int, int], author: str, words: str) -> Element:
    comment = made(listed, "comment", ref=cell_name(*at), authorId=author)
    text = made(comment, "text")
    comment.append(text)
    text.append(_run(text, words))
    return comment


def _run(text: Element, words: str) -> Element:
    run = made(text, "r")
    look = made(run, "rPr")
    look.extend([made(look, "sz", val="9"), made(look, "color", indexed="81"), made(look, "rFont", val="Tahoma")])
    told = made(run, "t")
    told.set(XML_SPACE, "preserve")
    told.text = words
    run.extend([look, told])
    return run


def _append(comment: Element, words: str) -> None:
    text = child(comment, "text")
    if text is None:
        text = made(comment, "text")
        comment.insert(0, text)
    plain = child(text, "t")
    if plain is not None:  # a text has one writing or runs, not both
        plain.text = f"{plain.text or ''}\n{words}"
        plain.set(XML_SPACE, "preserve")
        return
    run = _run(text, ("\n" if _said(comment) else "") + words)
    later = [each for each in text if local(each) in ("rPh", "phoneticPr")]
    later[0].addprevious(run) if later else text.append(run)


def _said(comment: Element) -> str:
    return "".join(each.text or "" for each in comment.iter() if local(each) == "t")


def _strip(comment: Element) -> bool:
    """Take our lines off a comment; return whether there were any."""
    found = False
    for told in [each for each in comment.iter() if local(each) == "t"]:
        lines = (told.text or "").split("\n")
        others = [line for line in lines if not line.lstrip().startswith(SIGN)]
        if len(others) == len(lines):
            continue
        found = True
        told.text = "\n".join(others)
        parent = told.getparent()
        if not told.text and local(parent) == "r":
            parent.getparent().remove(parent)
    if found:
        for told in [each for each in comment.iter() if local(each) == "t"][-1:]:
            told.text = (told.text or "").rstrip("\n")  # LibreOffice puts the break before our lines there
    return found


def _threads(package: Package, sheet: str) -> list[str]:
    related = package.relations(sheet)
    return [each.part for each in related if each.kind == "threadedComment" and package.has(each.part)]


def _reply(package: Package, sheet: str, lines: Texts) -> None:
    """Answer in the threads of the cells that have one: newer Excel shows these and not the note behind."""
    for part in _threads(package, sheet):
        root = package.tree(part)
        last = {place(each.get("ref", "")): each for each in root if local(each)}
        first = {
            place(each.get("ref", "")): each for each in reversed(root) if local(each) and not each.get("parentId")
        }
        answered = sorted(at for at in lines if at in first)
        for at in answered:
            ref, parent = cell_name(*at), first[at].get("id", "")
            own = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:congvu:{part}:{ref}")).upper() + "}"
            reply = made(root, "threadedComment", ref=ref, personId=_PERSON, id=own, parentId=parent)
            if last[at].get("dT"):  # right after the last word: a file that is made twice has the same bytes
                reply.set("dT", last[at].get("dT"))
            words = made(reply, "text")
            words.text = lines[at]
            reply.append(words)
            last[at].addnext(reply)
        if answered and _introduce(package):
            package.touch(part)


def _introduce(package: Package) -> bool:
    """Name us among the persons of the workbook; return whether it has any, as each with threads has."""
    part = package.related(package.workbook, "person")
    if part is None:
        return False
    root = package.tree(part)
    if all(each.get("id", "").upper() != _PERSON for each in root):
        root.append(made(root, "person", displayName=AUTHOR, id=_PERSON, userId=AUTHOR, providerId="None"))
        package.touch(part)
    return True


def _draw(package: Package, sheet: str, xml: SheetXml, texts: Texts) -> None:
    """Draw the boxes of new comments, without which Excel does not show them."""
    if not texts:
        return
    where = next((each for each in xml.frame if local(each) == "legacyDrawing"), None)
    drawings = {each.id: each.part for each in package.relations(sheet) if each.kind == "vmlDrawing"}
    identity = None if where is None else next((value for key, value in where.items() if key.endswith("}id")), None)
    part = drawings.get(identity or "")
    if part is None or not package.has(part):
        part = package.unused("xl/drawings/vmlDrawing{}.vml")
        package.write(part, [new_drawing()])
        package.declare(part, _VML_TYPE, default=True)
        if where is None:
            where = xml.frame.makeelement(space(xml.frame) + "legacyDrawing", nsmap={"r": package.relation_space})
            xml.put(where)
        where.set(f"{{{package.relation_space}}}id", package.relate(sheet, "vmlDrawing", part))
    package.write(part, [add_shapes(package.read(part), texts)])
