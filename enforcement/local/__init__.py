"""The demo machine: embedded PostgreSQL and broker, and the processes of `make run`."""
