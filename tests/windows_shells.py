"""How PowerShell and cmd read a line, by their documentation: what a program or a server then gets."""

import http.client
import json
import re
from urllib.parse import urlsplit

FORM = "application/x-www-form-urlencoded"
"""What Invoke-RestMethod names as the content type of a POST or PUT, unless it is given another."""
AGENT = "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391"
QUOTE = "'\u2018\u2019\u201a\u201b"
"""PowerShell takes the typographic quotation marks for single ones (about_Quoting_Rules)."""

_TOKEN = re.compile(rf"\s+(?:[{QUOTE}]((?:[^{QUOTE}]|[{QUOTE}]{{2}})*)[{QUOTE}]|@\{{(.*?)\}}|([\w:/.-]+))")
_HEADER = re.compile(rf"[{QUOTE}]?([\w-]+)[{QUOTE}]? = (.+)")


def powershell_arguments(line):
    """The parameters of a call of Invoke-RestMethod, by name; `Uri` is the one without a name, `Headers` is code."""
    command, rest = line.split(" ", 1)
    assert command == "Invoke-RestMethod"
    found, name, position = {}, "Uri", 0
    rest = f" {rest}"
    while position < len(rest):
        token = _TOKEN.match(rest, position)
        assert token, f"not a word, a quoted text or a table: {rest[position:]}"
        position = token.end()
        quoted, table, word = token.groups()
        if word is not None and word.startswith("-"):
            name = word.removeprefix("-")
        else:
            is_quoted = quoted is not None
            found[name] = re.sub(f"[{QUOTE}]([{QUOTE}])", r"\1", quoted) if is_quoted else table or word
    return found


def invoke_rest_method(line, port, folder):
    """Send what PowerShell 5.1 sends for a line, and return the body of the answer; files are in a folder."""
    given = powershell_arguments(line)
    method = given.get("Method", "Get").upper()
    headers = {"User-Agent": AGENT}
    if method in ("POST", "PUT"):
        headers |= {"Content-Type": given.get("ContentType", FORM), "Expect": "100-continue"}
    if "Headers" in given:
        name, value = _HEADER.fullmatch(given["Headers"]).groups()
        headers[name] = value.strip(QUOTE)
    body = (folder / given["InFile"]).read_bytes() if "InFile" in given else given.get("Body")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, urlsplit(given["Uri"]).path or "/", body, headers)
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    assert response.status < 300, answer
    if "OutFile" in given:
        (folder / given["OutFile"]).write_bytes(answer)
        return None
    return json.loads(answer)


def cmd_arguments(line):
    r"""The arguments that a program gets for a line in cmd.

    cmd looks for `& | < > ^ %` outside of quotation marks, each of which begins or ends a quotation for it, also `\"`.
    The program's C library then splits the line: `\"` is a quotation mark, any other one begins or ends a quotation.
    """
    is_quoted = False
    for letter in line:
        is_quoted ^= letter == '"'
        assert letter != "%", "cmd replaces variables everywhere"
        assert is_quoted or letter not in "&|<>^()", f"cmd obeys {letter!r} there: {line}"
    arguments, word, is_quoted = [], "", False
    for part in re.findall(r'\\"|"|\s+|[^\s"\\]+|\\(?!")', line):
        if part == '"':
            is_quoted = not is_quoted
        elif part.isspace() and not is_quoted:
            arguments, word = [*arguments, word], ""
        else:
            word += '"' if part == '\\"' else part
    return [*arguments, word]
