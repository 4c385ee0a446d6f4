"""The one place where a case moves, and the two doors (page, REST) to every act."""
