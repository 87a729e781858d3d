"""Review a deck in a terminal: `python review_in_terminal.py Italian`. Enter shows the answer; q or Ctrl-D ends.

Sounds and pictures are not shown. Each answer can be undone in Anki.
"""

import argparse
import html
import re
import sys
import time

from anki_rpc_client import Client, errors, types


def text_of(side: str) -> str:
    side = re.sub(r"(?s)<style.*?</style>|\[anki:play:[^\]]*\]", "", side)
    side = re.sub(r"<(br|hr|/?div|/?p)\b[^>]*>", "\n", side)
    return re.sub(r"\n\s*\n+", "\n", html.unescape(re.sub(r"<[^>]+>", "", side))).strip()


def answer_to(labels: list[str]) -> int:
    prompt = "  ".join(f"{ease} {label}" for ease, label in enumerate(labels, 1)) + " > "
    while (choice := input(prompt)) not in ("1", "2", "3", "4"):
        if choice == "q":
            raise EOFError
    return int(choice)


def main() -> None:
    parser = argparse.ArgumentParser(description="Review a deck in a terminal")
    parser.add_argument("deck")
    options = parser.parse_args()
    with Client(app="review-in-terminal") as anki:
        try:
            anki.select_deck(options.deck)
            while (queue := anki.next_cards(limit=1, states=True))["cards"]:
                card = queue["cards"][0]
                print(f"\n{queue['new']} new, {queue['learning']} learning, {queue['review']} to review")
                begun = time.monotonic()
                if input(f"{text_of(card['question'])}\n") == "q":
                    return
                print(text_of(card["answer"]))
                ease = answer_to(card["nextReviews"])
                spent = int(1000 * (time.monotonic() - begun))
                answer: types.Answer = {"cardId": card["cardId"], "ease": ease, "time": spent, "token": card["token"]}
                try:
                    if anki.answer_cards([answer]) == [False]:
                        sys.exit("The card is damaged: use Tools > Check Database in Anki.")
                except errors.Conflict:
                    print("The card has changed meanwhile.")
            print("\nNothing more is due.")
        except errors.DeckNotFound as error:
            sys.exit(str(error))
        except (EOFError, KeyboardInterrupt):
            print()


if __name__ == "__main__":
    main()
