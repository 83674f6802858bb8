"""Which checks speak against a claim, and what follows for the reviewers' queue and a region's latest figures."""

from __future__ import annotations

from sqlite_utils import Database

from corpus.migrations.judged import CORRECTABLE, corrected


def objections(db: Database) -> None:
    """What speaks against a claim as it is read is told in one view.

    That it is printed in another way than it is meant is no such check: it is repaired, and so its place in the queue.
    """
    columns = ",\n            ".join(f"{corrected(name)} AS {name}" for name in CORRECTABLE)
    changed = """EXISTS (
                    SELECT 1 FROM verdicts
                    WHERE figure = c.figure
                      AND (claim_id = c.id OR NOT EXISTS (SELECT 1 FROM claims WHERE id = verdicts.claim_id))
                )"""
    db.executescript(f"""
        CREATE VIEW objections AS
        SELECT k.claim_id AS claim_id, k.article_id AS article_id, k.check_ordinal AS check_ordinal, h.name AS name
        FROM check_claims AS k
        CROSS JOIN checks AS h ON h.article_id = k.article_id AND h.ordinal = k.check_ordinal
        WHERE h.verdict = 'suspect' AND h.name <> 'figure_as_printed';

        DROP VIEW restated;
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
                WHEN EXISTS (SELECT 1 FROM objections WHERE objections.claim_id = c.id) THEN 2
                WHEN EXISTS (SELECT 1 FROM repairs WHERE claim_id = c.id) THEN 3
                ELSE 4
            END AS queue
        FROM claims AS c
        JOIN articles AS a ON a.id = c.article_id
        LEFT JOIN reviews AS v ON v.id = (
            SELECT id FROM verdicts WHERE claim_id = c.id AND fingerprint = c.fingerprint
            ORDER BY reviewed_at DESC, id DESC LIMIT 1
        );
        UPDATE standing SET queue = 3
        WHERE queue = 2 AND NOT EXISTS (SELECT 1 FROM objections WHERE objections.claim_id = standing.claim_id);

        DROP VIEW region_latest;
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
            EXISTS (SELECT 1 FROM objections WHERE objections.claim_id = standing.claim_id) AS disputed,
            EXISTS (SELECT 1 FROM dispute_claims WHERE dispute_claims.claim_id = standing.claim_id) AS contradicted,
            EXISTS (SELECT 1 FROM jumps WHERE later_claim = standing.claim_id) AS jump,
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

        -- Which claim is a region's latest is decided in another way.
        INSERT OR IGNORE INTO comparisons_due SELECT DISTINCT 'region', region FROM latest_claims;
    """)
