"""Splink beside `jiping link`: the same blocking, levels as near as its SQL allows, columns prepared for it.

usage: link_peer.py LEFT.csv RIGHT.csv OUT.csv THREADS MEMORY
Prints one JSON line: seconds from the start of reading to the pairs written, start of the process apart.
"""
import json
import resource
import sys
import time

started = time.perf_counter()
import duckdb  # noqa: E402
import splink  # noqa: E402
import splink.comparison_level_library as cll  # noqa: E402
import splink.comparison_library as cl  # noqa: E402
from splink import Linker, SettingsCreator, block_on  # noqa: E402
from splink.internals.duckdb.database_api import DuckDBAPI  # noqa: E402

left, right, out, threads, memory = sys.argv[1:6]
imported = time.perf_counter()


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


imported_cpu = cpu()

con = duckdb.connect()
con.execute(f"SET threads={threads}; SET memory_limit='{memory}'")
# character-level distance: both texts to one byte a character, then the byte function
con.execute("CREATE MACRO enc(s, u) AS array_to_string(list_transform(string_split(s, ''), lambda x: chr(32 + list_position(u, x)::INT)), '')")
con.execute("CREATE MACRO clev(a, b) AS levenshtein(enc(a, list_distinct(string_split(a || b, ''))), enc(b, list_distinct(string_split(a || b, ''))))")
for table, path in (("a", left), ("b", right)):
    con.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', all_varchar = true, header = true)")
read = time.perf_counter()

api = DuckDBAPI(con)
frames = [api.register("a", dataset_display_name="a"), api.register("b", dataset_display_name="b")]

number = cl.CustomComparison(
    output_column_name="number",
    comparison_levels=[
        cll.NullLevel("number"),
        cll.ExactMatchLevel("number"),
        cll.CustomLevel("damerau_levenshtein(number_l, number_r) <= 1", "one digit off or swapped"),
        cll.CustomLevel("valid_l = '1' AND valid_r = '1'", "two valid numbers"),
        cll.CustomLevel("substr(number_l, 7, 8) = substr(number_r, 7, 8)", "same embedded birth date"),
        cll.ElseLevel(),
    ],
)
name = cl.CustomComparison(
    output_column_name="name",
    comparison_levels=[
        cll.NullLevel("name"),
        cll.ExactMatchLevel("name", term_frequency_adjustments=True),
        cll.CustomLevel("pinyin_l = pinyin_r", "homophone"),
        cll.CustomLevel("near_l = near_r", "near-homophone"),
        cll.CustomLevel("(substr(name_l, 1, 1) = substr(name_r, 1, 1) OR right(name_l, 1) = right(name_r, 1)) AND least(length(name_l), length(name_r)) >= 2 AND greatest(length(name_l), length(name_r)) >= 3 AND clev(name_l, name_r) <= 1", "one character off"),
        cll.CustomLevel("substr(name_l, 1, 1) = substr(name_r, 1, 1)", "surname"),
        cll.ElseLevel(),
    ],
)
birth = cl.CustomComparison(
    output_column_name="birth",
    comparison_levels=[
        cll.NullLevel("birth"),
        cll.ExactMatchLevel("birth"),
        cll.CustomLevel("damerau_levenshtein(birth_l, birth_r) <= 1", "one digit off or swapped"),
        cll.CustomLevel("substr(birth_l, 1, 4) = substr(birth_r, 1, 4)", "same year"),
        cll.ElseLevel(),
    ],
)
village = cl.CustomComparison(
    output_column_name="village",
    comparison_levels=[
        cll.NullLevel("village"),
        cll.ExactMatchLevel("village", term_frequency_adjustments=True),
        cll.CustomLevel("suffix(village_l, village_r) OR suffix(village_r, village_l)", "within"),
        cll.CustomLevel("town_l = town_r", "same town"),
        cll.ElseLevel(),
    ],
)
settings = SettingsCreator(
    link_type="link_only",
    unique_id_column_name="id",
    comparisons=[number, name, birth, village, cl.ExactMatch("sex")],
    blocking_rules_to_generate_predictions=[
        block_on("number"),
        block_on("name", "birth"),
        block_on("name", "village"),
        block_on("birth", "village"),
    ],
    retain_matching_columns=False,
)
linker = Linker(frames, settings, log_level="ERROR")
linker.training.estimate_probability_two_random_records_match([block_on("number")], recall=0.8)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("number"))
trained = time.perf_counter()
pairs = linker.inference.predict(threshold_match_probability=0.01)
table = pairs.physical_name
con.execute(f"COPY (SELECT id_l AS left_id, id_r AS right_id, match_weight, match_probability FROM {table}) TO '{out}' (FORMAT csv, HEADER true)")
written = time.perf_counter()
spent = cpu() - imported_cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rules = (("number",), ("name", "birth"), ("name", "village"), ("birth", "village"))
joins = " UNION ".join(f"SELECT a.id AS l, b.id AS r FROM a JOIN b USING ({', '.join(rule)})" for rule in rules)
count = con.execute(f"SELECT count(*) FROM ({joins})").fetchone()[0]
print(
    json.dumps(
        {
            "version": splink.__version__,
            "duckdb": duckdb.__version__,
            "start": imported - started,
            "read": read - imported,
            "train": trained - read,
            "predict": written - trained,
            "seconds": written - imported,
            "cpu": spent,
            "peakMiB": peak,
            "pairs": count,
        }
    )
)
