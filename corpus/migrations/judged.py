"""What a claim leads back to, the sentence it stands in, people's verdicts, and claims as they stand after those."""

from __future__ import annotations

from sqlite_utils import Database


def lead_back(db: Database) -> None:
    """From a claim to the record it was read from: a revision names its fetch; what was removed or dropped is known."""
    db.executescript("""
        CREATE TABLE revisions_new (
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            revision INTEGER NOT NULL CHECK (revision >= 1),
            run INTEGER REFERENCES runs(id),
            fetch INTEGER REFERENCES fetches(id),
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
        INSERT INTO revisions_new
        SELECT article_id, revision, run,
               (SELECT max(id) FROM fetches
                WHERE fetches.run = revisions.run AND kind = 'article' AND fetched_at = seen_at
                  AND revisions.url IN (fetches.url, final_url)),
               seen_at, digest, url, title, published, authors, editors, layout, text
        FROM revisions;
        DROP TABLE revisions;
        ALTER TABLE revisions_new RENAME TO revisions;
        CREATE INDEX revisions_run ON revisions(run);
        CREATE INDEX revisions_fetch ON revisions(fetch) WHERE fetch IS NOT NULL;
        CREATE INDEX fetches_warc ON fetches(warc_file) WHERE warc_file IS NOT NULL;
        CREATE TABLE removals (
            page TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            article_id TEXT,
            reason TEXT,
            removed_at TEXT NOT NULL
        );
        CREATE INDEX removals_article ON removals(article_id);
        CREATE TABLE dropped_files (
            file TEXT PRIMARY KEY,
            outlet TEXT,
            size_bytes INTEGER NOT NULL,
            written_on TEXT NOT NULL,
            dropped_at TEXT NOT NULL
        );
        CREATE INDEX fetches_articles ON fetches(outlet, id, drift) WHERE kind = 'article';
        CREATE INDEX articles_extractor ON articles(extractor);
        CREATE INDEX articles_revised ON articles(number) WHERE extracted_revision IS NOT revision;
        CREATE TABLE releases (
            version TEXT PRIMARY KEY,
            data_until TEXT,
            selection TEXT NOT NULL,
            has_text INTEGER NOT NULL CHECK (has_text IN (0, 1))
        );
    """)


def data_dictionary(db: Database) -> None:
    """What tables and columns mean, for whoever opens the file without this program; `corpus.schema` fills it."""
    db.executescript("""
        CREATE TABLE data_dictionary (
            table_name TEXT NOT NULL,
            column_name TEXT NOT NULL,
            position INTEGER NOT NULL,
            unit TEXT,
            description TEXT NOT NULL,
            PRIMARY KEY (table_name, column_name)
        ) WITHOUT ROWID;
    """)


def quotes(db: Database) -> None:
    """The sentences that claims stand in, to be searched and shown; every article is read again to fill them."""
    db.executescript("""
        CREATE TABLE quotes (
            number INTEGER PRIMARY KEY,
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            start_char INTEGER NOT NULL,
            end_char INTEGER NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (article_id, start_char)
        );
        CREATE VIRTUAL TABLE quotes_fts USING fts5(
            text, content="quotes", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
        );
        CREATE TRIGGER quotes_fts_insert AFTER INSERT ON quotes BEGIN
            INSERT INTO quotes_fts(rowid, text) VALUES (new.number, new.text);
        END;
        CREATE TRIGGER quotes_fts_delete AFTER DELETE ON quotes BEGIN
            INSERT INTO quotes_fts(quotes_fts, rowid, text) VALUES ('delete', old.number, old.text);
        END;
        CREATE TRIGGER quotes_fts_update AFTER UPDATE OF number, text ON quotes BEGIN
            INSERT INTO quotes_fts(quotes_fts, rowid, text) VALUES ('delete', old.number, old.text);
            INSERT INTO quotes_fts(rowid, text) VALUES (new.number, new.text);
        END;
        ALTER TABLE claims ADD COLUMN quote_start INTEGER;
        ALTER TABLE claims ADD COLUMN figure TEXT NOT NULL DEFAULT '';
        ALTER TABLE claims ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
        CREATE TABLE superseded_claims (
            number INTEGER PRIMARY KEY,
            claim_id TEXT NOT NULL,
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            extractor TEXT NOT NULL,
            change TEXT NOT NULL CHECK (change IN ('changed', 'gone')),
            superseded_revision INTEGER NOT NULL,
            superseded_by TEXT NOT NULL,
            figure TEXT NOT NULL,
            fields TEXT NOT NULL
        );
        CREATE INDEX superseded_article ON superseded_claims(article_id);
        CREATE INDEX superseded_claim ON superseded_claims(claim_id);
        UPDATE articles SET extractor = NULL;
    """)


def reviews(db: Database) -> None:
    """What people say of claims. No foreign key to the claim: a verdict outlives what it judged."""
    db.executescript("""
        CREATE TABLE reviews (
            id INTEGER PRIMARY KEY,
            claim_id TEXT NOT NULL,
            article_id TEXT NOT NULL REFERENCES articles(id),
            figure TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'withdraw')),
            corrections TEXT NOT NULL DEFAULT '{}',
            reason TEXT,
            judged TEXT NOT NULL,
            reviewed_at TEXT NOT NULL,
            UNIQUE (claim_id, fingerprint, reviewer, reviewed_at)
        );
        CREATE INDEX reviews_figure ON reviews(figure);
        CREATE INDEX reviews_article ON reviews(article_id);
        CREATE VIEW verdicts AS
        SELECT * FROM reviews
        WHERE verdict <> 'withdraw' AND NOT EXISTS (
            SELECT 1 FROM reviews AS later
            WHERE later.claim_id = reviews.claim_id AND later.fingerprint = reviews.fingerprint
              AND later.reviewer = reviews.reviewer
              AND (later.reviewed_at, later.id) > (reviews.reviewed_at, reviews.id)
        );
    """)


CORRECTABLE = (
    *("metric", "modality", "segment", "value", "unit", "approx", "precision"),
    *("region", "as_of_start", "as_of_end", "as_of_basis", "speaker", "speaker_role"),
)


def corrected(column: str) -> str:
    """The reviewer's value where one was given (null too is one), else the extractor's."""
    return f"iif(json_type(v.corrections, '$.{column}') IS NULL, c.{column}, json_extract(v.corrections, '$.{column}'))"


def standing(db: Database) -> None:
    """The claims as they stand: the extractor's, with the newest verdict that judges them as they are laid over."""
    columns = ",\n            ".join(f"{corrected(name)} AS {name}" for name in CORRECTABLE)
    # One figure said of two regions is two claims: that one of them was judged does not make the other a changed one.
    changed = """EXISTS (
                    SELECT 1 FROM verdicts
                    WHERE figure = c.figure
                      AND (claim_id = c.id OR NOT EXISTS (SELECT 1 FROM claims WHERE id = verdicts.claim_id))
                )"""
    db.executescript(f"""
        CREATE TABLE standing (
            claim_id TEXT PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE,
            article_id TEXT NOT NULL,
            metric TEXT NOT NULL,
            modality TEXT NOT NULL,
            segment TEXT,
            value REAL NOT NULL,
            unit TEXT NOT NULL,
            approx TEXT NOT NULL,
            precision REAL NOT NULL,
            region TEXT REFERENCES regions(code),
            as_of_start TEXT,
            as_of_end TEXT,
            as_of_basis TEXT,
            speaker TEXT,
            speaker_role TEXT,
            day TEXT,
            suspect INTEGER NOT NULL CHECK (suspect IN (0, 1)),
            review TEXT CHECK (review IN ('accept', 'correct', 'reject', 'changed')),
            queue INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX standing_article ON standing(article_id);
        CREATE INDEX standing_region ON standing(region, metric, day);
        CREATE INDEX standing_day ON standing(region, day);
        CREATE INDEX standing_metric ON standing(metric, day);
        CREATE INDEX standing_speaker ON standing(speaker, speaker_role, region, day) WHERE speaker IS NOT NULL;
        CREATE INDEX standing_queue ON standing(queue, day) WHERE queue IS NOT NULL;
        CREATE INDEX standing_queue_metric ON standing(metric, queue, day) WHERE queue IS NOT NULL;
        CREATE INDEX standing_queue_both ON standing(region, metric, queue, day) WHERE queue IS NOT NULL;
        CREATE INDEX standing_queue_region ON standing(region, queue, day) WHERE queue IS NOT NULL;
        CREATE INDEX standing_suspect ON standing(day) WHERE suspect;
        CREATE TABLE tallies (
            region TEXT NOT NULL,
            metric TEXT NOT NULL,
            claims INTEGER NOT NULL,
            PRIMARY KEY (region, metric)
        ) WITHOUT ROWID;
        -- Nobody waits while a million claims are counted, and triggers miss none that goes with its article.
        CREATE TRIGGER standing_insert AFTER INSERT ON standing WHEN new.review IS NOT 'reject' BEGIN
            INSERT INTO tallies VALUES (ifnull(new.region, ''), new.metric, 1)
            ON CONFLICT DO UPDATE SET claims = claims + 1;
        END;
        CREATE TRIGGER standing_delete AFTER DELETE ON standing WHEN old.review IS NOT 'reject' BEGIN
            UPDATE tallies SET claims = claims - 1 WHERE region = ifnull(old.region, '') AND metric = old.metric;
            DELETE FROM tallies WHERE region = ifnull(old.region, '') AND metric = old.metric AND claims = 0;
        END;
        DROP INDEX claims_region;
        DROP INDEX claims_metric;
        DROP INDEX claims_speaker;
        CREATE INDEX claims_figure ON claims(figure);
        CREATE VIEW restated AS
        SELECT
            c.id AS claim_id,
            c.article_id AS article_id,
            {columns},
            CASE
                WHEN a.published_date IS NULL OR {corrected("as_of_end")} < a.published_date
                THEN {corrected("as_of_end")} ELSE a.published_date
            END AS day,
            iif(v.verdict IN ('accept', 'correct'), 0, c.suspect) AS suspect,
            CASE
                WHEN v.verdict IS NOT NULL THEN v.verdict
                WHEN {changed} THEN 'changed'
            END AS review,
            CASE
                WHEN v.verdict IS NOT NULL THEN NULL
                WHEN {changed} THEN 0
                WHEN c.suspect THEN 1
                WHEN EXISTS (
                    SELECT 1 FROM check_claims AS k
                    JOIN checks ON checks.article_id = k.article_id AND checks.ordinal = k.check_ordinal
                    WHERE k.claim_id = c.id AND checks.verdict = 'suspect'
                ) THEN 2
                WHEN EXISTS (SELECT 1 FROM repairs WHERE claim_id = c.id) THEN 3
                ELSE 4
            END AS queue
        FROM claims AS c
        JOIN articles AS a ON a.id = c.article_id
        LEFT JOIN reviews AS v ON v.id = (
            SELECT id FROM verdicts WHERE claim_id = c.id AND fingerprint = c.fingerprint
            ORDER BY reviewed_at DESC, id DESC LIMIT 1
        );
        INSERT INTO standing SELECT * FROM restated;
    """)
