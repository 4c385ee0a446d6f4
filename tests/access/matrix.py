"""Compare what each person is told at each address with the table of rules."""

from collections.abc import Iterable, Iterator

from tests.access.addresses import Address
from tests.access.asking import NO_SUCH_METHOD, told
from tests.access.rules import NEIGHBOUR, PEOPLE, rules
from tests.access.world import World


def differences(world: World, addresses: Iterable[Address]) -> list[str]:
    """Every answer that is not the one of the table, in words; an address without a rule is one of them."""
    expected = rules()
    return [
        line
        for address in addresses
        for method in address.methods
        for line in _compared(world, address, method, expected.get(address.route(method)))
    ]


def _compared(world: World, address: Address, method: str, rule: dict[str, str] | None) -> Iterator[str]:
    route = address.route(method)
    if rule is None:
        if told(world, "everyone", method, address.of(world.mine)) != NO_SUCH_METHOD:
            yield f"no rule for {route}"
        return
    asked = [(who, address.of(world.of(who))) for who in PEOPLE]
    if address.names_a_thing:
        asked.append((NEIGHBOUR, address.of(world.theirs)))
    for who, url in asked:
        answer = told(world, who, method, url)
        if answer != rule[who]:
            yield f"{route}: {who} is told {answer}, not {rule[who]}"
