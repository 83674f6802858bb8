"""What is known across articles, kept up to date by `corpus.compare`, and the views for people."""

from __future__ import annotations

from sqlite_utils import Database


def across_articles(db: Database) -> None:
    """Copies of one text, one person under several spellings, contradictions, jumps, and what is due to be compared."""
    db.executescript("""
        CREATE TABLE comparisons_due (
            kind TEXT NOT NULL CHECK (kind IN ('article', 'region', 'speaker')),
            key TEXT NOT NULL,
            PRIMARY KEY (kind, key)
        ) WITHOUT ROWID;
        CREATE TABLE clusters (
            id TEXT PRIMARY KEY,
            lead_article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            articles INTEGER NOT NULL,
            outlets INTEGER NOT NULL,
            wire TEXT,
            first_published TEXT
        );
        CREATE INDEX clusters_lead ON clusters(lead_article);
        CREATE TABLE syndication (
            article_id TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            cluster_id TEXT REFERENCES clusters(id) ON DELETE SET NULL,
            wire TEXT,
            copied_from TEXT,
            similarity REAL,
            shared_figures INTEGER,
            signature BLOB NOT NULL
        );
        CREATE INDEX syndication_cluster ON syndication(cluster_id) WHERE cluster_id IS NOT NULL;
        CREATE TABLE signature_bands (
            band INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            day TEXT NOT NULL,
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            PRIMARY KEY (band, hash, day, article_id)
        ) WITHOUT ROWID;
        CREATE INDEX signature_bands_article ON signature_bands(article_id);
        CREATE TABLE speakers (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            role TEXT,
            region TEXT REFERENCES regions(code),
            statements INTEGER NOT NULL
        );
        CREATE INDEX speakers_name ON speakers(name);
        CREATE TABLE speaker_names (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            role TEXT,
            region TEXT REFERENCES regions(code),
            speaker_id TEXT NOT NULL REFERENCES speakers(id) ON DELETE CASCADE,
            name_key TEXT NOT NULL,
            office TEXT NOT NULL,
            statements INTEGER NOT NULL,
            rule TEXT NOT NULL,
            evidence TEXT NOT NULL
        );
        CREATE INDEX speaker_names_name ON speaker_names(name, role, region);
        CREATE INDEX speaker_names_key ON speaker_names(name_key);
        CREATE INDEX speaker_names_office ON speaker_names(office);
        CREATE INDEX speaker_names_speaker ON speaker_names(speaker_id);
        CREATE TABLE latest_claims (
            claim_id TEXT PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE,
            region TEXT NOT NULL REFERENCES regions(code),
            metric TEXT NOT NULL,
            segment TEXT,
            sources INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX latest_claims_region ON latest_claims(region, metric);
        CREATE INDEX latest_claims_metric ON latest_claims(metric);
        CREATE TABLE disputes (
            id TEXT PRIMARY KEY,
            region TEXT NOT NULL REFERENCES regions(code),
            metric TEXT NOT NULL,
            segment TEXT,
            unit TEXT NOT NULL,
            as_of_start TEXT NOT NULL,
            as_of_end TEXT NOT NULL,
            sides INTEGER NOT NULL,
            sources INTEGER NOT NULL,
            low_claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
            high_claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE
        );
        CREATE INDEX disputes_region ON disputes(region, metric, as_of_start);
        CREATE INDEX disputes_day ON disputes(as_of_end);
        CREATE INDEX disputes_low ON disputes(low_claim);
        CREATE INDEX disputes_high ON disputes(high_claim);
        CREATE TABLE dispute_claims (
            dispute_id TEXT NOT NULL REFERENCES disputes(id) ON DELETE CASCADE,
            claim_id TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
            side INTEGER NOT NULL,
            PRIMARY KEY (dispute_id, claim_id)
        ) WITHOUT ROWID;
        CREATE INDEX dispute_claims_claim ON dispute_claims(claim_id);
        CREATE TABLE jumps (
            subject TEXT NOT NULL CHECK (subject IN ('region', 'speaker')),
            key TEXT NOT NULL,
            earlier_claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
            later_claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
            rule TEXT NOT NULL,
            allowed REAL NOT NULL,
            got REAL NOT NULL,
            PRIMARY KEY (subject, key, earlier_claim, later_claim)
        ) WITHOUT ROWID;
        CREATE INDEX jumps_earlier ON jumps(earlier_claim);
        CREATE INDEX jumps_later ON jumps(later_claim);
        INSERT INTO comparisons_due SELECT 'article', id FROM articles;
    """)


def views(db: Database) -> None:
    """One row a claim, the latest of each region, contradictions with both sides, and what each official said."""
    db.executescript("""
        DROP VIEW claims_flat;
        CREATE VIEW claims_flat AS
        SELECT
            standing.claim_id AS claim_id,
            standing.region AS region,
            regions.name AS region_name,
            provinces.name AS province,
            standing.metric AS metric,
            standing.segment AS segment,
            standing.modality AS modality,
            standing.approx AS approx,
            standing.value AS value,
            standing.unit AS unit,
            claims.printed_value AS printed_value,
            claims.text AS text,
            standing.as_of_start AS as_of_start,
            standing.as_of_end AS as_of_end,
            standing.as_of_basis AS as_of_basis,
            standing.day AS day,
            standing.speaker AS speaker,
            standing.speaker_role AS speaker_role,
            claims.quoted AS quoted,
            standing.suspect AS suspect,
            standing.review AS review,
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
            quotes.text AS quote,
            CASE
                WHEN EXISTS (SELECT 1 FROM removals WHERE removals.article_id = articles.id) THEN 'removed'
                WHEN fetches.warc_file IS NULL THEN 'none'
                WHEN dropped_files.file IS NOT NULL THEN 'dropped'
                ELSE 'kept'
            END AS copy,
            syndication.cluster_id AS cluster_id,
            articles.outlet AS outlet,
            articles.published AS published,
            articles.title AS title,
            articles.url AS url,
            articles.id AS article_id
        FROM standing
        JOIN claims ON claims.id = standing.claim_id
        JOIN articles ON articles.id = claims.article_id
        JOIN revisions ON revisions.article_id = claims.article_id AND revisions.revision = claims.revision
        LEFT JOIN fetches ON fetches.id = revisions.fetch
        LEFT JOIN dropped_files ON dropped_files.file = fetches.warc_file
        LEFT JOIN quotes ON quotes.article_id = claims.article_id AND quotes.start_char = claims.quote_start
        LEFT JOIN regions ON regions.code = standing.region
        LEFT JOIN regions AS provinces ON provinces.code = regions.province
        LEFT JOIN syndication ON syndication.article_id = claims.article_id
        LEFT JOIN repairs ON repairs.claim_id = claims.id;

        CREATE VIEW region_latest AS
        SELECT
            latest_claims.region AS region,
            regions.name AS region_name,
            provinces.name AS province,
            latest_claims.metric AS metric,
            latest_claims.segment AS segment,
            standing.value AS value,
            standing.unit AS unit,
            standing.approx AS approx,
            standing.as_of_start AS as_of_start,
            standing.as_of_end AS as_of_end,
            standing.as_of_basis AS as_of_basis,
            standing.day AS day,
            latest_claims.sources AS sources,
            standing.speaker AS speaker,
            standing.speaker_role AS speaker_role,
            standing.review AS review,
            articles.outlet AS outlet,
            articles.url AS url,
            standing.claim_id AS claim_id
        FROM latest_claims
        JOIN standing ON standing.claim_id = latest_claims.claim_id
        JOIN articles ON articles.id = standing.article_id
        JOIN regions ON regions.code = latest_claims.region
        LEFT JOIN regions AS provinces ON provinces.code = regions.province;

        CREATE VIEW contradictions AS
        SELECT
            disputes.id AS dispute_id,
            disputes.region AS region,
            regions.name AS region_name,
            disputes.metric AS metric,
            disputes.segment AS segment,
            disputes.unit AS unit,
            disputes.as_of_start AS as_of_start,
            disputes.as_of_end AS as_of_end,
            disputes.sides AS sides,
            disputes.sources AS sources,
            low.value AS low_value,
            low.speaker AS low_speaker,
            low_article.outlet AS low_outlet,
            low_article.url AS low_url,
            low_quote.text AS low_quote,
            disputes.low_claim AS low_claim,
            high.value AS high_value,
            high.speaker AS high_speaker,
            high_article.outlet AS high_outlet,
            high_article.url AS high_url,
            high_quote.text AS high_quote,
            disputes.high_claim AS high_claim
        FROM disputes
        JOIN regions ON regions.code = disputes.region
        JOIN standing AS low ON low.claim_id = disputes.low_claim
        JOIN claims AS low_claims ON low_claims.id = disputes.low_claim
        JOIN articles AS low_article ON low_article.id = low.article_id
        LEFT JOIN quotes AS low_quote
            ON low_quote.article_id = low.article_id AND low_quote.start_char = low_claims.quote_start
        JOIN standing AS high ON high.claim_id = disputes.high_claim
        JOIN claims AS high_claims ON high_claims.id = disputes.high_claim
        JOIN articles AS high_article ON high_article.id = high.article_id
        LEFT JOIN quotes AS high_quote
            ON high_quote.article_id = high.article_id AND high_quote.start_char = high_claims.quote_start;

        CREATE VIEW official_statements AS
        SELECT
            speaker_names.speaker_id AS speaker_id,
            speakers.name AS name,
            standing.speaker AS spelled,
            standing.speaker_role AS role,
            standing.day AS day,
            standing.region AS region,
            regions.name AS region_name,
            standing.metric AS metric,
            standing.segment AS segment,
            standing.modality AS modality,
            standing.approx AS approx,
            standing.value AS value,
            standing.unit AS unit,
            standing.as_of_start AS as_of_start,
            standing.as_of_end AS as_of_end,
            standing.as_of_basis AS as_of_basis,
            standing.suspect AS suspect,
            claims.quoted AS quoted,
            quotes.text AS quote,
            articles.outlet AS outlet,
            articles.published AS published,
            articles.url AS url,
            standing.claim_id AS claim_id
        FROM speaker_names
        JOIN speakers ON speakers.id = speaker_names.speaker_id
        JOIN standing
            ON standing.speaker = speaker_names.name
            AND standing.speaker_role IS speaker_names.role
            AND standing.region IS speaker_names.region
        JOIN claims ON claims.id = standing.claim_id
        JOIN articles ON articles.id = standing.article_id
        LEFT JOIN quotes ON quotes.article_id = standing.article_id AND quotes.start_char = claims.quote_start
        LEFT JOIN regions ON regions.code = standing.region
        WHERE standing.review IS NOT 'reject';
    """)
