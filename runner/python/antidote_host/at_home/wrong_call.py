class WrongCall(Exception):
    """What the caller asked for can't be done. The message is one sentence that says what to do."""
