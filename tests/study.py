"""A history of study, for FSRS to learn from: notes whose cards were reviewed over a year by a forgetful learner."""

import random
import time

DAY = 86_400
DECAY = 0.15


def studied(call, deck="Default", count=120, seed=1):
    """Add notes to a deck and reviews to their cards; `call` calls an action. Returns the ids of the cards."""
    note = {"deckName": deck, "modelName": "Basic"}
    call("addNotes", {"notes": [{**note, "fields": {"Front": f"{deck} {n}", "Back": "b"}} for n in range(count)]})
    cards = call("findCards", {"query": f'deck:"{deck}" note:Basic'})
    call("setDueDate", {"cards": cards, "days": "0-30"})
    call("insertReviews", {"reviews": history(cards, seed)})
    return cards


def history(cards, seed):
    """Rows of the review log, the same each time but for the times, which end now. Another seed has other moments."""
    dice, now, rows = random.Random(seed), int(time.time()) - seed, []
    for place, card in enumerate(cards):
        at, interval, last, kind = now - dice.randrange(200, 400) * DAY, 0, 0, 0
        stability = 1.0
        while at < now and len(rows) < 12 * (place + 1):
            remembered = not kind or dice.random() < (1 + (0.9 ** (-1 / DECAY) - 1) * last / stability) ** -DECAY
            answer = dice.choice([1, 2, 3, 3, 3, 4]) if not kind else dice.choice([2, 3, 3, 3, 4]) if remembered else 1
            stability = [1, 2, 3, 8][answer - 1] if not kind else stability * (1.6 if remembered else 0.3) + 0.5
            interval = max(1, round(stability))
            rows.append([at * 1000 + place, card, -1, answer, interval, last, 2500, dice.randrange(2000, 15000), kind])
            last, kind = interval + dice.choice([0, 0, 1, 3]), 1
            at += last * DAY + dice.randrange(-3000, 3000)
    return rows
