"""Extensions: actions, events and listeners of other add-ons, and of packages beside the headless server."""
