"""The trail: append-only, hash-chained events and the outbox of their consequences."""
