"""The command that measures; `python -m bench` starts it on servers of its own."""
