-- Filling a table without its indexes and references, which are then built at one go. The application's
-- role owns no table, so the owner lends it these two functions; they take no SQL from their caller, and look
-- nothing up among the caller's temporary relations.

DROP TABLE IF EXISTS exchange_suspended; -- always empty between transactions
CREATE TABLE exchange_suspended (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text NOT NULL,
    turn int NOT NULL,
    restore text NOT NULL
);

CREATE OR REPLACE FUNCTION exchange_nothing_suspended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM exchange_suspended WHERE number = NEW.number) THEN
        RAISE EXCEPTION 'indexes and references of % were not restored', NEW.target USING ERRCODE = 'CV003';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER exchange_nothing_suspended AFTER INSERT ON exchange_suspended
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION exchange_nothing_suspended();

-- A table without rows, or one that at least doubles by ``added`` rows, loses its indexes and references; an empty one
-- its primary key and the references to it as well. Nothing is done to a table that somebody uses at the moment.
CREATE OR REPLACE FUNCTION exchange_suspend(wanted text, added bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp SET lock_timeout = '300ms' AS $$
DECLARE
    target regclass;
    filled boolean;
    larger boolean;
    one record;
BEGIN
    -- only a table under the journal's guard, and only within an act
    SELECT tgrelid INTO target FROM pg_trigger
    WHERE tgname = 'journal_guard' AND tgrelid = to_regclass(quote_ident(wanted));
    IF target IS NULL OR journal_current_act() IS NULL THEN
        RAISE EXCEPTION 'no act, or no table of records: %', wanted USING ERRCODE = 'CV001';
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO filled;
    IF filled THEN
        EXECUTE format('SELECT count(*) > $1 FROM (SELECT FROM %s LIMIT $1 + 1) q', target) INTO larger USING added;
        IF larger THEN
            RETURN false;
        END IF;
    END IF;
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', target);
    FOR one IN
        SELECT conrelid::regclass AS holder, conname, pg_get_constraintdef(oid) AS definition,
               array_position('{p,u,x,f}'::"char"[], contype) AS turn
        FROM pg_constraint
        WHERE conrelid = target AND (contype IN ('u', 'x', 'f') OR contype = 'p' AND NOT filled)
           OR confrelid = target AND contype = 'f' AND NOT filled
        ORDER BY turn DESC, conname
    LOOP
        INSERT INTO exchange_suspended (target, turn, restore) VALUES (
            wanted, one.turn, format('ALTER TABLE %s ADD CONSTRAINT %I %s', one.holder, one.conname, one.definition)
        );
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.holder, one.conname);
    END LOOP;
    FOR one IN
        SELECT indexrelid::regclass AS index, pg_get_indexdef(indexrelid) AS definition FROM pg_index
        WHERE indrelid = target AND NOT indisprimary ORDER BY 1
    LOOP
        INSERT INTO exchange_suspended (target, turn, restore) VALUES (wanted, 3, one.definition);
        EXECUTE format('DROP INDEX %s', one.index);
    END LOOP;
    RETURN true;
EXCEPTION WHEN lock_not_available OR dependent_objects_still_exist THEN
    RETURN false;
END $$;

CREATE OR REPLACE FUNCTION exchange_restore() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
DECLARE
    commands text[];
    command text;
BEGIN
    WITH gone AS (DELETE FROM exchange_suspended RETURNING turn, number, restore)
    SELECT array_agg(restore ORDER BY turn, number) INTO commands FROM gone;
    -- what is left to be checked at the end is checked now: no table is altered while something of it waits
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH command IN ARRAY coalesce(commands, '{}') LOOP
        EXECUTE command;
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
END $$;
