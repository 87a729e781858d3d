"""The Model Context Protocol: what agents are offered, the protocol, and a bridge for programs on stdio."""
