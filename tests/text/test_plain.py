"""Texts of libraries, made plain."""

from sizes import for_rows

from addon.text.plain import joined, plain, plain_html, without_isolates

BROKEN = "The regular expression is malformed: {}"


@for_rows(
    ("text", "shown"),
    [
        ("Card template \u20681\u2069 has a problem.<br>See \u2068x\u2069", "Card template 1 has a problem. See x"),
        ("In '\u2068a<br>b\u2069':<br>\u2068\u2068<br>\u2069 x\u2069", "In 'a<br>b': <br> x"),
        ("deck was not found: a<br>b <pre>x</pre>", "deck was not found: a<br>b <pre>x</pre>"),
        ("<pre>a<pre>b(</pre>", "a<pre>b("),
        ("deck was not found: <pre>x</pre>", "deck was not found: <pre>x</pre>"),
        ("<pre>regex parse error:\n  (</pre>", "regex parse error:\n  ("),
        (
            "<pre>regex parse error:\n    (?i)a(b\n         ^\nerror: unclosed group</pre>",
            BROKEN.format("unclosed group: a(b"),
        ),
        (
            "regex parse error:\n    a{9,1}\n     ^^^^^\nerror: a\nb",
            "regex parse error:\n    a{9,1}\n     ^^^^^\nerror: a\nb",
        ),
        (
            "<p>Invalid search: \u2068<code>\u2068is:\u2069</code> got <code>\u2068&lt;p&gt;\u2069</code>\u2069</p>\n",
            "Invalid search: `is:` got `<p>`",
        ),
        ("<p>Invalid search: <code>x</code></p>", "<p>Invalid search: <code>x</code></p>"),
        ("[Errno 2] No such file or directory: '/x'", "No such file or directory: '/x'"),
        ("[WinError 3] The system cannot find the path: 'x'", "The system cannot find the path: 'x'"),
        ("([Errno -2] Name or service not known)", "(Name or service not known)"),
        ("Directory not empty (os error 39)", "Directory not empty"),
        ("<b>stays</b> a[Errno] (os error x)", "<b>stays</b> a[Errno] (os error x)"),
        ("", ""),
    ],
)
def test_what_only_programs_and_windows_need_is_left_out(text, shown):
    assert plain(text) == shown


def test_html_becomes_text_and_loses_its_links():
    link = "<br><a href='https://x.test/y'>More &amp; more</a>"
    text = f"In a template:<br>Found &#x27;\u2068{{{{a&lt;br&gt;}}}}\u2069&#x27;.{link}"
    assert plain_html(text) == "In a template: Found '{{a<br>}}'."


def test_the_marks_of_translations_are_left_out():
    assert without_isolates("<\u20681\u2069m \u2066x\u2067") == "<1m x"


def test_sentences_are_joined_without_full_stops_between_them():
    assert joined(["Not a number.", "Not a text", "No e.g."]) == "Not a number; Not a text; No e.g."
    assert (joined(["One."]), joined([])) == ("One.", "")
