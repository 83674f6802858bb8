"""SQL that readers write themselves, on Datasette's page: it can look, within bounds, and do nothing."""

import asyncio
import sqlite3
from urllib.parse import urlencode

import pytest

from corpus.desk.app import SETTINGS


@pytest.fixture
def select(visitor):
    """A function that sends SQL and gives the answer."""
    return lambda sql: visitor.get(f"/data.json?{urlencode({'sql': sql, '_shape': 'objects'})}")


def test_a_reader_may_select(select):
    answer = select("select count(*) as claims from claims")
    assert answer.status == 200 and answer.json["rows"][0]["claims"] > 0


WRITES = [
    "insert into reviews (claim_id, reviewer, verdict) values ('x', 'x', 'accept')",
    "update claims set value = 1",
    "delete from claims",
    "drop table claims",
    "create temp table x (a)",
    "vacuum into '/tmp/x.db'",
    "with x as (select 1) insert into reviews (claim_id) select 1 from x",
    "with x as (select 1) update claims set value = 1",
    "with x as (select 1) delete from claims",
    "select 1; delete from claims",
    "explain delete from claims",
    "-- select\ndelete from claims",
    "/* select */ delete from claims",
]
REACHES_OUT = [
    "attach database '/tmp/x.db' as other",
    "select load_extension('/tmp/x.so')",
    "select readfile('/etc/hostname')",
    "select writefile('/tmp/x', 'x')",
    "select edit('x')",
    "select fts3_tokenizer('simple', x'00')",
]
SETS = [
    "pragma query_only = 0",
    "pragma writable_schema = 1",
    "select * from pragma_writable_schema",
    "with x as (select 1) select * from x, pragma_journal_mode('delete')",
]


@pytest.mark.parametrize("sql", WRITES + REACHES_OUT + SETS)
def test_nothing_is_written_attached_loaded_or_set(select, look_up, sql):
    before = look_up("SELECT count(*) FROM claims"), look_up("SELECT total(value) FROM claims")
    answer = select(sql)
    assert answer.status == 400, answer.text
    assert (look_up("SELECT count(*) FROM claims"), look_up("SELECT total(value) FROM claims")) == before
    assert look_up("SELECT count(*) FROM reviews") == 0


@pytest.mark.parametrize(
    "sql", ["DELETE FROM claims", "ATTACH DATABASE ':memory:' AS other", "SELECT load_extension('x')"]
)
def test_the_connection_itself_can_do_no_more_than_its_sql_is_let_through_to(visitor, sql):
    """Should Datasette let through what it does not know."""
    database = visitor.desk.get_database("data")
    with pytest.raises(sqlite3.OperationalError, match=r"readonly|too many attached|not authorized|no such function"):
        asyncio.run(database.execute_fn(lambda connection: connection.execute(sql).fetchall()))


ENDLESS = [
    "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
    "select count(*) from claims a, claims b, claims c, claims d, claims e, claims f, claims g, claims h",
]


@pytest.mark.parametrize("sql", ENDLESS)
def test_what_has_no_end_is_broken_off(select, sql):
    answer = select(sql)
    assert answer.status == 400 and "took too long" in answer.text
    assert SETTINGS["sql_time_limit_ms"] == 1_000


HUGE = [
    "select zeroblob(900000000)",
    "select randomblob(900000000)",
    "select hex(zeroblob(10000000))",
    "select group_concat(text || hex(zeroblob(4000000))) from articles",
]


@pytest.mark.parametrize("sql", HUGE)
def test_one_value_takes_no_more_than_any_text_of_an_article(select, sql):
    answer = select(sql)
    assert answer.status == 400 and "too big" in answer.text


SLOW = [
    "select printf('%.*c', 900000000, 'x')",
    "select format('%900000000d', 1)",
    "select INSTR(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1')",
    "select replace(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1', 'x')",
    "select trim(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || '1')",
    "select count(*) from claims where length(replace(text, 'a', 'b')) > 3",
    "select text like '%' || hex(zeroblob(5000)) from articles",
]


@pytest.mark.parametrize("sql", SLOW)
def test_what_the_clock_cannot_stop_is_not_begun(select, sql):
    answer = select(sql)
    assert answer.status == 400
    assert "not authorized to use function" in answer.text or "pattern too complex" in answer.text


def test_no_more_rows_are_given_at_once_than_the_desk_says(select):
    answer = select("with recursive n(i) as (select 1 union all select i + 1 from n) select i from n limit 5000")
    assert len(answer.json["rows"]) == 1_000 and answer.json["truncated"]
