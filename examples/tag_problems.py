"""Tag the notes of leeches and of cards that are too long: `python tag_problems.py --search deck:Italian`.

A leech is a card that was forgotten often. The tags are removed from notes that no longer have such cards, so the
program can run every day. Both changes are one step in Anki's undo menu.
"""

import argparse

from anki_rpc_client import Client, Reply


def main() -> None:
    parser = argparse.ArgumentParser(description="Tag the notes of leeches and of cards that are too long")
    parser.add_argument("--search", default="", help="cards to look at")
    parser.add_argument("--lapses", type=int, default=6, help="a card with so many lapses is a leech")
    parser.add_argument("--length", type=int, default=400, help="a note with more characters in a field is too long")
    options = parser.parse_args()
    with Client(app="tag-problems") as anki:
        cards = anki.iter_cards(options.search, fields=["note", "lapses"])
        leeches = {card["note"] for card in cards if card["lapses"] >= options.lapses}
        notes = anki.iter_notes(options.search, fields=["noteId", "fields"], plain_text=True)
        too_long = {
            note["noteId"]
            for note in notes
            if any(len(field["value"]) > options.length for field in note["fields"].values())
        }
        within = f"({options.search})" if options.search else ""
        tagged = {tag: set(anki.find_notes(f"tag:{tag} {within}")) for tag in ("problem::leech", "problem::long")}
        replies: list[Reply[object]] = []
        with anki.batch() as batch:
            for (tag, before), now in zip(tagged.items(), (leeches, too_long), strict=True):
                replies += [batch.add_tags(sorted(now - before), tag), batch.remove_tags(sorted(before - now), tag)]
        for reply in replies:
            reply.result()  # raises the call's error, if it has one
    for tag, now in zip(tagged, (leeches, too_long), strict=True):
        print(f"{tag}: {len(now)} notes, {len(now - tagged[tag])} of them new")


if __name__ == "__main__":
    main()
