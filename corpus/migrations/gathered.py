"""What was gathered: regions, outlets, runs and fetches, articles and what each of them says."""

from __future__ import annotations

from sqlite_utils import Database

from crawler.urls import canonical_url


def articles(db: Database) -> None:
    """Where texts come from and every form in which we saw them."""
    db.executescript("""
        CREATE TABLE regions (
            code TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            level TEXT NOT NULL,
            province TEXT REFERENCES regions(code),
            population_people INTEGER NOT NULL,
            since_year INTEGER
        );
        CREATE TABLE outlets (
            domain TEXT PRIMARY KEY,
            name TEXT,
            state TEXT,
            source TEXT
        );
        CREATE TABLE outlet_regions (
            outlet TEXT NOT NULL REFERENCES outlets(domain) ON DELETE CASCADE,
            region TEXT NOT NULL REFERENCES regions(code),
            PRIMARY KEY (outlet, region)
        ) WITHOUT ROWID;
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            version TEXT NOT NULL,
            started_at TEXT NOT NULL,
            ended_at TEXT,
            counts TEXT
        );
        CREATE TABLE fetches (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs(id),
            page TEXT NOT NULL,
            kind TEXT NOT NULL,
            url TEXT NOT NULL,
            final_url TEXT,
            outlet TEXT REFERENCES outlets(domain),
            status INTEGER,
            fetched_at TEXT NOT NULL,
            etag TEXT,
            last_modified TEXT,
            modified TEXT,
            digest TEXT
        );
        CREATE INDEX fetches_page ON fetches(page);
        CREATE INDEX fetches_run ON fetches(run);
        CREATE TABLE articles (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            url TEXT,
            outlet TEXT REFERENCES outlets(domain),
            title TEXT,
            published TEXT,
            published_date TEXT,
            revision INTEGER NOT NULL,
            first_seen_at TEXT NOT NULL,
            last_seen_at TEXT NOT NULL,
            extracted_revision INTEGER,
            extractor TEXT,
            text TEXT NOT NULL
        );
        CREATE INDEX articles_outlet ON articles(outlet);
        CREATE INDEX articles_published ON articles(published_date);
        CREATE TABLE revisions (
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            run INTEGER REFERENCES runs(id),
            seen_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            url TEXT,
            title TEXT,
            published TEXT,
            authors TEXT NOT NULL,
            editors TEXT NOT NULL,
            layout TEXT,
            text TEXT NOT NULL,
            PRIMARY KEY (article_id, revision)
        );
        CREATE INDEX revisions_run ON revisions(run);
    """)


def claims(db: Database) -> None:
    """What the texts say, in the newest revision read with the newest rules."""
    db.executescript("""
        CREATE TABLE mentions (
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            kind TEXT NOT NULL,
            start_char INTEGER NOT NULL,
            end_char INTEGER NOT NULL,
            text TEXT NOT NULL,
            rule TEXT NOT NULL,
            branch INTEGER NOT NULL CHECK (branch IN (0, 1)),
            value REAL,
            printed_value REAL,
            unit TEXT,
            approx TEXT,
            start_date TEXT,
            end_date TEXT,
            precision TEXT,
            region TEXT REFERENCES regions(code),
            name TEXT,
            role TEXT,
            PRIMARY KEY (article_id, ordinal),
            CHECK (0 <= start_char AND start_char < end_char)
        ) WITHOUT ROWID;
        CREATE INDEX mentions_region ON mentions(region) WHERE region IS NOT NULL;
        CREATE TABLE claims (
            id TEXT PRIMARY KEY,
            article_id TEXT NOT NULL,
            revision INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            metric TEXT NOT NULL,
            modality TEXT NOT NULL,
            segment TEXT,
            value REAL NOT NULL,
            unit TEXT NOT NULL,
            approx TEXT NOT NULL,
            precision REAL NOT NULL,
            region TEXT REFERENCES regions(code),
            region_name TEXT,
            as_of_start TEXT,
            as_of_end TEXT,
            as_of_precision TEXT,
            as_of_basis TEXT,
            speaker TEXT,
            speaker_role TEXT,
            quoted INTEGER NOT NULL CHECK (quoted IN (0, 1)),
            start_char INTEGER NOT NULL,
            end_char INTEGER NOT NULL,
            text TEXT NOT NULL,
            sentence INTEGER NOT NULL,
            printed_value REAL,
            suspect INTEGER NOT NULL CHECK (suspect IN (0, 1)),
            rule TEXT NOT NULL,
            reasons TEXT NOT NULL,
            extractor TEXT NOT NULL,
            FOREIGN KEY (article_id, revision) REFERENCES revisions(article_id, revision) ON DELETE CASCADE,
            UNIQUE (article_id, ordinal),
            CHECK (0 <= start_char AND start_char < end_char)
        );
        CREATE INDEX claims_region ON claims(region, metric, as_of_start);
        CREATE INDEX claims_metric ON claims(metric, as_of_start);
        CREATE INDEX claims_speaker ON claims(speaker) WHERE speaker IS NOT NULL;
        CREATE TABLE repairs (
            claim_id TEXT PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE,
            rule TEXT NOT NULL,
            slips TEXT NOT NULL,
            witnesses TEXT NOT NULL,
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            alternatives TEXT NOT NULL
        );
        CREATE TABLE checks (
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            name TEXT NOT NULL,
            verdict TEXT NOT NULL,
            expected TEXT,
            got TEXT,
            message TEXT NOT NULL,
            PRIMARY KEY (article_id, ordinal)
        ) WITHOUT ROWID;
        CREATE TABLE check_claims (
            article_id TEXT NOT NULL,
            check_ordinal INTEGER NOT NULL,
            claim_id TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
            PRIMARY KEY (article_id, check_ordinal, claim_id),
            FOREIGN KEY (article_id, check_ordinal) REFERENCES checks(article_id, ordinal) ON DELETE CASCADE
        ) WITHOUT ROWID;
        CREATE INDEX check_claims_claim ON check_claims(claim_id);
    """)


def search(db: Database) -> None:
    """Full-text search over articles: `Gubernur Abé` is found by `abe`; triggers keep it in step."""
    db.executescript("""
        CREATE VIRTUAL TABLE articles_fts USING fts5(
            title, text, content="articles", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
        );
        CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
            INSERT INTO articles_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
        END;
        CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
            INSERT INTO articles_fts(articles_fts, rowid, title, text)
            VALUES ('delete', old.number, old.title, old.text);
        END;
        -- Only where words changed: every run touches last_seen_at of every article it meets.
        CREATE TRIGGER articles_fts_update AFTER UPDATE OF number, title, text ON articles BEGIN
            INSERT INTO articles_fts(articles_fts, rowid, title, text)
            VALUES ('delete', old.number, old.title, old.text);
            INSERT INTO articles_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
        END;
        INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
    """)


def flat_view(db: Database) -> None:
    """One row a claim, with names in place of codes and the words around the figure."""
    db.executescript("""
        CREATE VIEW claims_flat AS
        SELECT
            claims.id AS claim_id,
            claims.region AS region,
            claims.region_name AS region_name,
            provinces.name AS province,
            claims.metric AS metric,
            claims.segment AS segment,
            claims.modality AS modality,
            claims.approx AS approx,
            claims.value AS value,
            claims.unit AS unit,
            claims.printed_value AS printed_value,
            claims.text AS text,
            claims.as_of_start AS as_of_start,
            claims.as_of_end AS as_of_end,
            claims.as_of_basis AS as_of_basis,
            claims.speaker AS speaker,
            claims.speaker_role AS speaker_role,
            claims.quoted AS quoted,
            claims.suspect AS suspect,
            (
                SELECT CASE
                    WHEN max(checks.verdict = 'suspect') THEN 'suspect'
                    WHEN max(checks.verdict = 'unknown') THEN 'unknown'
                    WHEN count(*) THEN 'ok'
                END
                FROM check_claims
                JOIN checks ON checks.article_id = check_claims.article_id AND ordinal = check_ordinal
                WHERE claim_id = claims.id
            ) AS verdict,
            (
                -- CROSS keeps the order of the join, and so that of the article's checks.
                SELECT group_concat(message, ' ')
                FROM check_claims
                CROSS JOIN checks ON checks.article_id = check_claims.article_id AND ordinal = check_ordinal
                WHERE claim_id = claims.id AND checks.verdict <> 'ok'
            ) AS checks,
            repairs.rule AS repair_rule,
            repairs.alternatives AS alternatives,
            substr(
                articles.text,
                max(claims.start_char - 120, 0) + 1,
                claims.end_char + 120 - max(claims.start_char - 120, 0)
            ) AS context,
            articles.outlet AS outlet,
            articles.published AS published,
            articles.title AS title,
            articles.url AS url,
            articles.id AS article_id
        FROM claims
        JOIN articles ON articles.id = claims.article_id
        LEFT JOIN regions ON regions.code = claims.region
        LEFT JOIN regions AS provinces ON provinces.code = regions.province
        LEFT JOIN repairs ON repairs.claim_id = claims.id;
    """)


def second_looks(db: Database) -> None:
    """The articles that leave a figure undecided when read alone, and the past that they were read beside since."""
    db.executescript("""
        CREATE TABLE second_looks (
            article_id TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            past TEXT NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO second_looks
        SELECT DISTINCT article_id, '' FROM claims JOIN repairs ON repairs.claim_id = claims.id
        WHERE repairs.rule = 'repair.undecided';
    """)


def remember_addresses(db: Database) -> None:
    """What is known of each listing and each announced page, apart from the log of fetches, and where bytes lie."""
    db.executescript("""
        CREATE TABLE feeds (
            url TEXT PRIMARY KEY,
            outlet TEXT REFERENCES outlets(domain),
            way TEXT NOT NULL,
            etag TEXT,
            last_modified TEXT,
            entries INTEGER NOT NULL DEFAULT 0,
            newest_story TEXT,
            fingerprint TEXT,
            last_read_at TEXT,
            last_new_at TEXT,
            failures INTEGER NOT NULL DEFAULT 0,
            problem TEXT,
            next_attempt_at TEXT
        );
        CREATE INDEX feeds_outlet ON feeds(outlet);
        CREATE TABLE urls (
            page TEXT PRIMARY KEY,
            canonical TEXT NOT NULL,
            url TEXT NOT NULL,
            final_url TEXT,
            outlet TEXT REFERENCES outlets(domain),
            article_id TEXT REFERENCES articles(id) ON DELETE SET NULL,
            state TEXT NOT NULL,
            first_seen_at TEXT NOT NULL,
            last_seen_at TEXT NOT NULL,
            fetched_at TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            problem TEXT,
            etag TEXT,
            last_modified TEXT,
            modified TEXT,
            title TEXT,
            published TEXT
        );
        CREATE INDEX urls_pending ON urls(outlet, first_seen_at, url) WHERE state = 'pending';
        CREATE INDEX urls_article ON urls(article_id);
        INSERT INTO urls (page, canonical, url, final_url, outlet, article_id, state, first_seen_at, last_seen_at,
                          fetched_at, etag, last_modified, modified)
        SELECT page, url, url, final_url, outlet, (SELECT id FROM articles WHERE id = page), kind, first_at,
               fetched_at, fetched_at, etag, last_modified, modified
        FROM fetches JOIN (
            SELECT max(id) AS newest, min(fetched_at) AS first_at FROM fetches WHERE kind <> 'listing' GROUP BY page
        ) ON newest = id;
        DROP INDEX fetches_page;
        ALTER TABLE fetches DROP COLUMN page;
        ALTER TABLE fetches DROP COLUMN etag;
        ALTER TABLE fetches DROP COLUMN last_modified;
        ALTER TABLE fetches DROP COLUMN modified;
        ALTER TABLE fetches ADD COLUMN warc_file TEXT;
        ALTER TABLE fetches ADD COLUMN warc_offset INTEGER;
        ALTER TABLE fetches ADD COLUMN drift TEXT;
        ALTER TABLE fetches ADD COLUMN problem TEXT;
        CREATE INDEX fetches_outlet ON fetches(outlet, id);
    """)
    for (url,) in db.execute("SELECT url FROM urls").fetchall():
        db.execute("UPDATE urls SET canonical = ? WHERE url = ?", [canonical_url(url), url])


def archives_read(db: Database) -> None:
    """How far each archive has been read, so that a backfill that was killed goes on where it was."""
    db.executescript("""
        CREATE TABLE archives_read (
            head TEXT NOT NULL,
            scope TEXT NOT NULL,
            file TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            records INTEGER NOT NULL,
            articles INTEGER NOT NULL,
            is_done INTEGER NOT NULL CHECK (is_done IN (0, 1)),
            run INTEGER REFERENCES runs(id),
            read_at TEXT NOT NULL,
            PRIMARY KEY (head, scope)
        ) WITHOUT ROWID;
    """)
