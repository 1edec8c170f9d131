-- The guard: no act, no write. Installed after every migration, by the owner of the tables.
-- Every function looks names up in the schema of the tables first, never among the caller's temporary ones.

CREATE OR REPLACE FUNCTION journal_current_act() RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM journal_act a
    WHERE a.id = nullif(current_setting('congvu.act', true), '')::bigint
      AND a.transaction = pg_current_xact_id()::text::bigint
$$;

CREATE OR REPLACE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF journal_current_act() IS NULL THEN
        RAISE EXCEPTION 'no act, no write: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'CV001';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'CV002';
END $$;

CREATE OR REPLACE FUNCTION journal_own_transaction() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added WHERE act_id IS DISTINCT FROM journal_current_act()) THEN
        RAISE EXCEPTION 'a part of an act is written with it, not later: %', TG_TABLE_NAME USING ERRCODE = 'CV002';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION index_score_within_maximum() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    above boolean;
BEGIN
    -- deferred: what counts is how the row stands when the transaction ends
    IF TG_TABLE_NAME = 'index_scores' THEN
        SELECT EXISTS (
            SELECT FROM index_scores s JOIN index_criteria c ON c.framework = s.framework AND c.code = s.criterion
            WHERE s."row" = NEW."row" AND greatest(s.self_score, s.appraised_score) > c.max_score) INTO above;
    ELSE
        SELECT EXISTS (
            SELECT FROM index_criteria c JOIN index_scores s ON c.framework = s.framework AND c.code = s.criterion
            WHERE c."row" = NEW."row" AND greatest(s.self_score, s.appraised_score) > c.max_score) INTO above;
    END IF;
    IF above THEN
        RAISE EXCEPTION 'a score of % is above its maximum', NEW.framework
            USING ERRCODE = '23514', CONSTRAINT = 'index_scores_within_maximum';
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS index_scores_within_maximum ON index_scores;
CREATE CONSTRAINT TRIGGER index_scores_within_maximum AFTER INSERT OR UPDATE ON index_scores
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION index_score_within_maximum();
DROP TRIGGER IF EXISTS index_criteria_above_scores ON index_criteria;
CREATE CONSTRAINT TRIGGER index_criteria_above_scores AFTER UPDATE OF max_score ON index_criteria
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION index_score_within_maximum();
