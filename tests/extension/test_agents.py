"""Actions of extensions are tools of agents."""

import json

import pytest
from mcp_client import Client
from rich_extension import register


@pytest.fixture
def agent(open_extended):
    def open_one(**settings):
        extended = open_extended(**settings)
        register(extended.door)
        return extended

    return open_one


def described(gateway):
    return {tool["name"]: tool for tool in Client(gateway).ask("tools/list")["tools"]}


def test_an_action_is_a_tool_unless_it_says_otherwise(agent):
    extended = agent()
    tools = described(extended)
    assert {"furigana_generate", "furigana_fetch", "findNotes"} <= tools.keys()
    assert not {"furigana_show", "furigana_remove"} & tools.keys()
    tool = tools["furigana_generate"]
    assert tool["description"].startswith("Return the words with their readings.")
    assert tool["annotations"]["readOnlyHint"] is True
    assert tool["inputSchema"]["required"] == ["words"]


def test_a_tool_goes_with_its_action(open_extended):
    extended = open_extended()
    furigana = register(extended.door)
    assert "furigana_generate" in Client(extended).names()
    furigana.withdraw()
    assert "furigana_generate" not in Client(extended).names()


def test_a_destructive_action_needs_the_setting_as_ours_do(agent):
    tools = described(agent(mcpAllowDestructive=True))
    assert tools["furigana_remove"]["annotations"].get("destructiveHint", True)
    assert "dryRun" in tools["furigana_remove"]["inputSchema"]["properties"]


def test_a_tool_can_be_called(agent):
    result = Client(agent()).call("furigana_generate", words=[{"text": "a"}])
    assert json.loads(result["content"][0]["text"])["result"] == [{"text": "a"}]


def test_a_new_extension_is_offered_to_nobody_without_admin(agent):
    keys = {"keys": {"reader": {"key": "r", "scopes": ["read"]}}}
    assert "furigana_generate" not in Client(agent(extensions=[], **keys), X_API_Key="r").names()
    assert "furigana_generate" in Client(agent(**keys), X_API_Key="r").names()


def test_a_limit_of_its_own_reaches_the_action(open_extended):
    extended = open_extended()
    params = {"properties": {"limit": {"type": "integer"}}, "required": ["limit"]}
    extended.furigana().action(
        "furigana_count", lambda ctx, limit: [*range(limit)], params=params, result={"type": "array", "items": {}}
    )
    assert Client(extended).result("furigana_count", limit=3) == [0, 1, 2]


def test_what_is_not_offered_is_not_reached_by_another_tool(agent):
    client = Client(agent())
    for name in ("furigana_show", "furigana_remove"):
        assert client.error("callTool", name=name)["message"].startswith(f"Unknown tool: {name}.")
    found = [tool["name"] for query in ("", "furigana_show") for tool in client.result("searchTools", query=query)]
    assert not [name for name in found if name.startswith("furigana_")]
    reader = {"keys": {"reader": {"key": "r", "scopes": ["read"]}}}
    call = {"name": "furigana_generate", "arguments": {"words": [{"text": "a"}]}}
    new = Client(agent(extensions=[], **reader), X_API_Key="r")
    assert new.error("callTool", **call)["kind"] == "permission_denied"
