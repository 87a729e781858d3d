"""What a program does with py-ankiconnect, from PyPI: the port is the argument, what it was told is written as JSON."""

import json
import sys

from py_ankiconnect import PyAnkiconnect

call = PyAnkiconnect(default_port=int(sys.argv[1]))
told = {}


def refused(name, *args, **params):
    try:
        told[name] = call(*args, **params)
    except Exception as error:
        told[name] = str(error)


note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "pera", "Meaning": "pear"}}
id = call("addNote", note=note)
refused("duplicate", "addNote", note=note)
refused("no deck", "addNote", note={**note, "deckName": "Latin"})
refused("no action", "addNoet", note=note)
call("updateNote", note={"id": id, "fields": {"Meaning": "a pear"}, "tags": ["fruit"]})
call("updateModelStyling", model={"name": "Italian vocab", "css": ".card { color: green; }"})
call("updateModelTemplates", model={"name": "Italian vocab", "templates": {"Card 1": {"Front": "{{Word}}!"}}})
call("setDueDate", cards=call("findCards", query="Word:pera"), days="3")
many = call("multi", actions=[{"action": "deckNames"}, {"action": "findNotes", "params": {"query": "Word:pera"}}])
told["many"] = [many[0], many[1] == [id]]
told["tags"] = call("getNoteTags", note=id)
told["due"] = len(call("findCards", query="prop:due=3"))
told["css"] = call("modelStyling", modelName="Italian vocab")
told["front"] = call("modelTemplates", modelName="Italian vocab")["Card 1"]["Front"]
json.dump(told, sys.stdout)
