"""The subsidy of bench/subsidy.ts as an OpenFisca-core program: the same per-person arrays from the same Parquet.

usage: openfisca_subsidy.py DATASET OURS RATES.json
DATASET holds person, category, identities, months; OURS the per-person amounts the product wrote; RATES.json the
amounts per kind in fen. Prints one JSON line: seconds to load, to compute, and whether every person is equal.
"""
import json
import resource
import sys
import time

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

dataset, ours, rates_file = sys.argv[1:4]
rates = json.load(open(rates_file))
YEAR = "2024"

Person = build_entity(key="person", plural="persons", label="", is_person=True)
system = TaxBenefitSystem([Person])


def parameter(value):
    return {"description": "", "values": {"2019-01-01": {"value": value}}}


system.parameters = ParameterNode("", data={
    "share": {group: {level: parameter(amount) for level, amount in levels.items()} for group, levels in rates["shares"].items()},
    "aid": {name: parameter(amount) for name, amount in rates["aid"].items()},
    "individual": parameter(rates["individual"]),
})
GROUPS = list(rates["shares"])
AIDS = list(rates["aid"])


class category(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.YEAR


class identities(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.YEAR


class months(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.YEAR


def level_variable(level):
    def formula(person, period, parameters):
        share = parameters(period).share
        group = person("category", period)
        covered = person("months", period) > 0
        amounts = np.array([share[name][level] if level in rates["shares"][name] else 0 for name in GROUPS], dtype=np.int32)
        return amounts[group] * covered

    return type(f"{level}_fen", (Variable,), {
        "value_type": int, "entity": Person, "definition_period": DateUnit.YEAR, "formula": formula, "__module__": __name__})


def aid_formula(person, period, parameters):
    tiers = parameters(period).aid
    held = person("identities", period)
    best = np.zeros(len(held), dtype=np.int32)
    for index, name in enumerate(AIDS):
        best = np.maximum(best, np.where(held & (1 << index), tiers[name], 0))
    return np.minimum(best, parameters(period).individual) * (person("months", period) > 0)


LEVELS = rates["levels"]
for level in LEVELS:
    system.add_variable(level_variable(level))
system.add_variable(type("aid_fen", (Variable,), {
    "value_type": int, "entity": Person, "definition_period": DateUnit.YEAR, "formula": aid_formula, "__module__": __name__}))
for variable in (category, identities, months):
    system.add_variable(variable)

start = time.perf_counter()
table = pq.read_table(dataset, columns=["category", "identities", "months"])
group_codes = pc.index_in(table["category"], value_set=__import__("pyarrow").array(GROUPS)).to_numpy().astype(np.int32)
dictionary = pc.dictionary_encode(table["identities"]).combine_chunks()
if isinstance(dictionary, __import__("pyarrow").ChunkedArray):
    dictionary = dictionary.chunk(0)
masks = np.array([sum(1 << AIDS.index(part) for part in text.split("|") if part) for text in dictionary.dictionary.to_pylist()], dtype=np.int32)
identity_masks = masks[dictionary.indices.to_numpy()]
month_counts = table["months"].to_numpy().astype(np.int32)
load = time.perf_counter() - start

simulation = SimulationBuilder().build_default_simulation(system, count=len(group_codes))
simulation.set_input("category", YEAR, group_codes)
simulation.set_input("identities", YEAR, identity_masks)
simulation.set_input("months", YEAR, month_counts)
start = time.perf_counter()
arrays = {name: simulation.calculate(name, YEAR) for name in [f"{level}_fen" for level in LEVELS] + ["aid_fen"]}
compute = time.perf_counter() - start

persons = pq.read_table(dataset, columns=["person"])["person"].to_numpy()
theirs = pq.read_table(ours)
order = theirs["person"].to_numpy()
aligned = np.array_equal(order, persons)
if not aligned:
    theirs = theirs.take(pc.sort_indices(theirs["person"]))
    rank = np.argsort(persons)
    arrays = {name: array[rank] for name, array in arrays.items()}
equal = all(np.array_equal(arrays[name], theirs[name].to_numpy()) for name in arrays)
print(json.dumps({
    "load": load, "compute": compute, "equal": bool(equal), "aligned": bool(aligned), "persons": len(persons),
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "totals": {name: int(array.astype(np.int64).sum()) for name, array in arrays.items()},
}))
