"""What the checks of scripts/ read of the sources and of Package.swift."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A text of several lines, one with signs around it, a regular expression, a usual one; a comment.
TEXTS = re.compile(
    r'"""(?:\\.|.)*?"""|(#+)".*?"\1|#/.*?/#|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', flags=re.S
)
DECLARATION = re.compile(
    r"\bfunc\s+(`[^`]+`|[^\s(<]+)|(?<!\.)\b(init)[?!]?\s*[(<]|\b(subscript)\s*[(<]|\bvar (\w+)[^={\n]*\{"
)
MEMBER = re.compile(r"\n\s*(?:@\w+\s*)*(?:\w+ )*(?:func|var|let|case|init|struct|enum|class|extension|import)\b")


@cache
def code(path):
    """A Swift file without its comments, which may name anything."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", re.sub(r"(?m)//.*$", "", text), flags=re.S)


@cache
def blanked(path):
    """A Swift file with an x for each character of its texts and comments: what is left is code, where it was."""
    text = path.read_text(encoding="utf-8")
    return TEXTS.sub(lambda match: re.sub(r"[^\n]", "x", match.group()), text)


def functions(path):
    """Of each function, initialiser, subscript and computed property of a file: its name, where it begins and ends."""
    text = blanked(path)
    for match in DECLARATION.finditer(text):
        start = text.find("{", match.end() - 1)
        # One without a body, as in a protocol: the next bracket is another's.
        if start < 0 or "}" in text[match.end() : start] or MEMBER.search(text, match.end(), start):
            continue
        name = next(group for group in match.groups() if group)
        yield name, match.start(), start + 1 + len(balanced(text, start))


def balanced(text, start):
    """What is within the bracket at `start`, up to the one that closes it."""
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] in "([{") - (text[index] in ")]}")
        if depth == 0:
            return text[start + 1 : index]
    return text[start + 1 :]


def parts(text):
    """A list's elements, as far as commas within brackets don't part them."""
    result, depth, part = [], 0, ""
    for index, character in enumerate(text):
        # The arrow of a closure closes nothing.
        closes = character in ")]}" or (character == ">" and text[index - 1] != "-")
        depth += (character in "([{<") - closes
        if character == "," and depth == 0:
            result.append(part)
            part = ""
        else:
            part += character
    return [one.strip() for one in result + [part] if one.strip()]


@cache
def targets():
    """What each target below Sources/ or agent/ imports of the others, by Package.swift."""
    text = code_of_package()
    lists = {
        match.group(1): set(re.findall(r'"(\w+)"', balanced(text, match.end() - 1)))
        for match in re.finditer(r"let (\w+): \[Target\.Dependency\] = \[", text)
    }
    found = {}
    for match in re.finditer(r"\.(?:target|executableTarget|systemLibrary)\(", text):
        body = balanced(text, match.end() - 1)
        name, path = re.match(r'\s*name: "([^"]+)"', body), re.search(r'\bpath: "([^"]+)"', body)
        if not name or (path and not path.group(1).startswith("agent/")):
            continue
        listed = re.search(r"dependencies:\s*(\[|\w+)", body)
        if not listed:
            imports = set()
        elif listed.group(1) == "[":
            # What others publish isn't ours.
            own = [one for one in parts(balanced(body, listed.end() - 1)) if one.startswith('"')]
            imports = {one.strip('"') for one in own}
        else:
            imports = lists[listed.group(1)]
        found[name.group(1)] = imports
    return found


def test_targets():
    """The targets of tests, each of which is as good as a suite to `swift test --filter`."""
    return set(re.findall(r'"(\w+Tests)"', code_of_package()))


@cache
def code_of_package():
    # An address holds two slashes, and isn't a comment.
    return re.sub(r"(?m)(?<!:)//.*$", "", (ROOT / "Package.swift").read_text(encoding="utf-8"))


@cache
def pure_targets():
    """The targets without I/O, clock and randomness of their own, by their settings in Package.swift."""
    found = set()
    for match in re.finditer(r"\.target\(", code_of_package()):
        body = balanced(code_of_package(), match.end() - 1)
        if re.search(r"swiftSettings: pure\b", body):
            found.add(re.match(r'\s*name: "([^"]+)"', body).group(1))
    return found
