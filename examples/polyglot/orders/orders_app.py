"""Adds up an order: what each line costs it asks for."""
from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.orders import Bill
from wit_world.imports import prices
from wit_world.imports.types import Line, Refusal_Empty, Refusal_TooMany, Refusal_UnknownItem

MOST = 100


class Orders(exports.Orders):
    def total(self, lines: list[Line]) -> Bill:
        if not lines:
            raise Err(Refusal_Empty())
        costs = []
        for line in lines:
            if line.count > MOST:
                raise Err(Refusal_TooMany(MOST))
            price = prices.price(line.item)
            if price is None:
                raise Err(Refusal_UnknownItem(line.item))
            costs.append((line.item, price * line.count))
        return Bill(costs, sum(cost for _, cost in costs))
