"""What Anki plays with cards, on a real collection."""

import time

import pytest
import seed
from anki.collection import Collection  # noqa: F401  (first: the other modules of anki are circular without it)
from anki.hooks import card_did_render
from anki.sound import SoundOrVideoTag

UNKNOWN = 1234567890123
SPOKEN = "{{tts it_IT voices=Alice,Bob speed=1.5 x=y:Word}}"


@pytest.fixture
def sounds(gateway):
    def read(*cards):
        response = gateway.rpc("cardSounds", {"cards": list(cards)})
        assert "error" not in response, response
        return response["result"]

    return read


@pytest.fixture
def write(gateway):
    """Writes templates and fields."""

    def one(word="mela", meaning="apple", front="{{Word}}", back="{{FrontSide}} {{Meaning}}"):
        col = gateway.col
        model = col.models.by_name("Italian vocab")
        model["tmpls"][0].update(qfmt=front, afmt=back)
        col.models.update_dict(model)
        note = col.get_note(seed.MELA)
        note.fields = [word, meaning]
        col.update_note(note)

    return one


def test_sounds_are_those_of_each_side_in_the_order_of_the_places_in_the_html(gateway, sounds, write):
    write(word="a [sound:a.mp3] [sound:b c.ogg] [sound:a.mp3]", meaning="[sound:d&amp;e.mp4]")
    found, unknown, silent = sounds(seed.MELA_CARD, UNKNOWN, seed.UVA_CARD)
    assert unknown is None
    assert (silent["question"], silent["answer"]) == ([], [])
    assert found["question"] == [{"file": name} for name in ("a.mp3", "b c.ogg", "a.mp3")]
    assert found["answer"] == [{"file": "d&e.mp4"}]  # without those of the question, which the answer repeats
    (shown,) = gateway.rpc("cardsInfo", {"cards": [seed.MELA_CARD]})["result"]
    for index in range(3):
        assert f"[anki:play:q:{index}]" in shown["question"]
    assert "[anki:play:a:0]" in shown["answer"]


def test_spoken_texts_have_their_language_voices_and_speed(sounds, write):
    write(word="<b>mela</b> &amp; uva", front=SPOKEN + " [sound:a.mp3]")
    assert sounds(seed.MELA_CARD)[0]["question"] == [
        {"text": "mela & uva", "lang": "it_IT", "voices": ["Alice", "Bob"], "speed": 1.5},
        {"file": "a.mp3"},
    ]


@pytest.mark.parametrize("path", ["../a.mp3", "/etc/a.mp3", "https://example.com/a.mp3"])
def test_files_are_names_in_the_media_folder_whatever_the_field_says(sounds, write, path):
    write(word=f"[sound:{path}]")
    assert sounds(seed.MELA_CARD)[0]["question"] == [{"file": "a.mp3"}]


def test_playing_is_set_by_the_preset_of_the_home_deck(gateway, sounds):
    col = gateway.col
    config = col.decks.config_dict_for_deck_id(seed.ITALIAN_A1)
    config.update(autoplay=False, replayq=False)
    col.decks.update_config(config)
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": f"cid:{seed.MELA_CARD}"}]})
    card = col.get_card(seed.MELA_CARD)
    assert (card.autoplay(), card.replay_question_audio_on_answer_side()) == (False, False)
    for found in sounds(seed.MELA_CARD, seed.UVA_CARD):
        assert (found["autoplay"], found["replayQuestion"]) == (False, False)


def test_an_add_on_that_changes_cards_is_heard(sounds):
    def change(output, context):
        output.answer_av_tags = [SoundOrVideoTag("/by/an/add-on.mp3")]

    card_did_render.append(change)
    try:
        assert sounds(seed.MELA_CARD)[0]["answer"] == [{"file": "add-on.mp3"}]
    finally:
        card_did_render.remove(change)


def test_cards_that_anki_cannot_show_are_null_and_hide_no_others(gateway, sounds):
    gateway.col.db.execute("update cards set nid = 5 where id = ?", seed.MELA_CARD)
    assert [found and found["cardId"] for found in sounds(seed.MELA_CARD, seed.UVA_CARD)] == [None, seed.UVA_CARD]
    gateway.col.db.execute("update cards set did = 5 where id = ?", seed.UVA_CARD)
    assert sounds(seed.UVA_CARD)[0]["autoplay"] is True


def test_many_cards_are_read_at_once_and_nothing_is_written(gateway, sounds, write):
    write(word="[sound:a.mp3]")
    before = gateway.col.mod, gateway.col.undo_status()
    assert sounds() == []
    start = time.process_time()
    assert len(sounds(*[seed.MELA_CARD, seed.UVA_CARD] * 500)) == 1000
    assert time.process_time() - start < 2
    assert (gateway.col.mod, gateway.col.undo_status()) == before


def test_old_envelopes_get_the_same(gateway, sounds, write):
    write(word="[sound:a.mp3]")
    cards = [seed.MELA_CARD, UNKNOWN]
    assert gateway.legacy("cardSounds", cards=cards) == {"result": sounds(*cards), "error": None}
