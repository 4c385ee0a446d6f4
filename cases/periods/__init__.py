"""What people do with periods: suspend, extend, correct, ask what if, import calendars, watch the board."""
