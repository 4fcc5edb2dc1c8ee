"""Recounts a brief from a ledger without the program: Delta tables opened by `deltalake`, asked by DuckDB.

    recount.py LEDGER A B [EXPORT]

Prints one JSON object. `A` and `B` are state codes in the order of the alphabet.
"""

import json
import sys

import deltalake
import duckdb

ledger, a, b = sys.argv[1:4]
con = duckdb.connect()
for table in ["document", "claim", "claim_dyad", "assessment", "entry", "run"]:
    delta = deltalake.DeltaTable(f"{ledger}/{table}")
    assert delta.metadata().configuration["chancery.schema_version"] == "1", table
    files = delta.file_uris()
    con.execute(f"create view {table} as select * from read_parquet({files!r})")

# What is in force: the last word on a thing, a person's before a machine's.
con.execute("""
    create view word as
    select subject, max_by(act, (hand = 'person', seq)) as last_act
    from entry where act in ('assert', 'retract') group by subject
""")


def in_force(table, identifier):
    con.execute(f"""
        create view {table}_now as
        select distinct on (t.{identifier}) t.*
        from {table} t
        join entry e on e.subject = t.{identifier} and e.seq = t.seq and e.batch = t.batch and e.act = 'assert'
        join word c on c.subject = t.{identifier} and c.last_act = 'assert'
        join word d on d.subject = t.document_id and d.last_act = 'assert'
    """)


in_force("claim", "claim_id")
in_force("assessment", "assessment_id")
con.execute(f"""
    create view pair as
    select * from claim_now where claim_id in (select claim_id from claim_dyad where a = '{a}' and b = '{b}')
""")


def one(sql):
    return con.execute(sql).fetchone()[0]


# The brief also names the documents of assessments, so that only those with claims are counted here.
found = {
    "claims": one("select count(*) from pair"),
    "undated_claims": one("select count(*) from pair where occurred_from is null and occurred_to is null"),
    "documents": one("select count(distinct document_id) from pair"),
    "outlets": one("select count(distinct source) from document where document_id in (select document_id from pair)"),
    "reprints": one("""
        select count(*) from document where duplicate_of is not null and document_id in (select document_id from pair)
    """),
    # Nothing claimed is counted as done: the document's own voice, certain, positive, realised.
    "done": one("""
        select count(*) from pair
        where len(attribution) = 1 and certainty = 'certain' and polarity = 'positive' and status in ('occurred', 'ongoing')
    """),
    "holders": dict(con.execute("select holder, count(*) from pair group by holder order by holder").fetchall()),
    "assessments": one(f"""
        select count(*) from assessment_now where list_contains(states, '{a}') and list_contains(states, '{b}')
    """),
    # Quotations stand in their texts: code points are what DuckDB's substring counts.
    "quotes_apart": one("""
        select count(*) from claim_now c join document d using (document_id)
        where substring(d.text, c.start + 1, c."end" - c.start) <> c.quote
    """),
}
if len(sys.argv) > 4:
    export = sys.argv[4]
    con.execute(f"create view exported as select * from read_parquet('{export}/claims.parquet')")
    found["exported"] = one("select count(*) from exported")
    found["exported_done"] = one("select count(*) from exported where standing = 'done'")
    types = dict(con.execute("select column_name, column_type from (describe exported)").fetchall())
    found["types"] = {name: types[name] for name in ["initiator", "occurred_from", "amount", "start", "quote"]}
print(json.dumps(found, sort_keys=True))
