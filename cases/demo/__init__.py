"""The demo county: fictional bodies and people, real items, cases walked through the services."""
