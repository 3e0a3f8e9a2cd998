//! The tables every store has; those of collections come as they are declared.

/// Grows with every change of the layout that an older release could not read. Format 4 has brought no table of every store: with it, tables of
/// collections may have owners, whose rows an older release would lose. With format 5 whose a row was that left stands beside where it was, and not in
/// a table of its own.
pub(crate) const FORMAT: u64 = 5;

/// How a schema says that it is ours: the table that is looked for first.
pub(crate) const IDENTITY: &str = "identity";

/// What format 2 has brought: where an owner is and whom it gives the store to, who else is there, and groups that name the one they
/// stand behind. A schema that was lifted keeps the functions of format 1: an owner of that release that was paused is turned away by
/// them, as it expects.
pub(crate) const SINCE_FORMAT_1: &str = r#"
ALTER TABLE @lease ADD COLUMN url text NOT NULL DEFAULT '', ADD COLUMN release bigint NOT NULL DEFAULT 0,
    ADD COLUMN heir text;
CREATE TABLE @replicas (id text COLLATE "C" PRIMARY KEY, url text NOT NULL, release bigint NOT NULL, state text NOT NULL,
    seen timestamptz NOT NULL);

CREATE FUNCTION @append_group(newest bigint, mine bigint, before uuid, this uuid, place bigint, changed bigint, body text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO @groups (version, epoch, id, position, change, head)
    SELECT newest + 1, mine, this, place, changed, body
    WHERE EXISTS (SELECT 1 FROM @groups g WHERE g.version = newest AND g.id = before);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'group % (%) is not there', newest, before USING ERRCODE = 'ND001';
    END IF;
END $$;

CREATE FUNCTION @append_empty(newest bigint, mine bigint, before uuid, this uuid)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO @groups (version, epoch, id, position, change, head)
    SELECT newest + 1, mine, this, g.position, g.change, g.head FROM @groups g
    WHERE g.version = newest AND g.id = before;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'group % (%) is not there', newest, before USING ERRCODE = 'ND001';
    END IF;
END $$;
"#;

/// What format 3 has brought: how many rows lie where in each index. A group says in a row of its own which listed rows have come and
/// gone, and now and then all that is written anew: nobody rewrites a count. To compress numbers would cost a group more than to write them.
pub(crate) const SINCE_FORMAT_2: &str = r#"
CREATE TABLE @counts (collection int, version bigint, nth int, id uuid NOT NULL, blocks bigint[] NOT NULL,
    PRIMARY KEY (collection, version, nth));
CREATE TABLE @moves (collection int, version bigint, id uuid NOT NULL, rows bigint[] NOT NULL,
    PRIMARY KEY (collection, version));
ALTER TABLE @counts ALTER blocks SET STORAGE EXTERNAL;
ALTER TABLE @moves ALTER rows SET STORAGE EXTERNAL;
"#;

/// Those of format 1. Nobody rewrites a row of `groups` but to take the head from an old one.
pub(crate) const TABLES: &str = r#"
CREATE TABLE @identity (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
CREATE TABLE @lease (one bool PRIMARY KEY DEFAULT true CHECK (one), epoch bigint NOT NULL, owner text NOT NULL,
    writer_pid int, writer_start timestamptz, until timestamptz NOT NULL);
CREATE TABLE @groups (version bigint PRIMARY KEY, epoch bigint NOT NULL, id uuid NOT NULL, position bigint NOT NULL,
    change bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), claim bool NOT NULL DEFAULT false,
    head text NOT NULL);
CREATE TABLE @collections (number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE,
    finds int NOT NULL, sorts int NOT NULL, ordered bool NOT NULL);
CREATE TABLE @pairs (collection int, nth int, one int NOT NULL, other int NOT NULL, PRIMARY KEY (collection, nth));
CREATE TABLE @dropped (number int PRIMARY KEY);
CREATE TABLE @kinds (number int PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);
CREATE TABLE @states (kind int, id bigint, body text NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE @log (position bigint PRIMARY KEY, event_id uuid NOT NULL, event_type text NOT NULL, version bigint NOT NULL,
    published bool NOT NULL, kind text NOT NULL, id bigint NOT NULL, key bigint NOT NULL, at bigint NOT NULL,
    correlation text NOT NULL, traceparent text, who text, body text NOT NULL);
CREATE INDEX log_key ON @log (key, position);
CREATE TABLE @calls (caller text COLLATE "C", ticket bigint, step bigint, caller_whole text, call text, body text,
    answer text, PRIMARY KEY (caller, ticket, step));
CREATE TABLE @answers (route text COLLATE "C", key text COLLATE "C", digest bigint NOT NULL, at bigint NOT NULL,
    answer text NOT NULL, PRIMARY KEY (route, key));
CREATE INDEX answers_at ON @answers (at);
CREATE TABLE @parked (consumer text COLLATE "C", source text COLLATE "C", position bigint, consumer_whole text,
    source_whole text, parked text NOT NULL, PRIMARY KEY (consumer, source, position));

CREATE FUNCTION @expect(changed bigint, wanted bigint, name text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF changed <> wanted THEN
        RAISE EXCEPTION '% rows of % are not as the commit says they were.', wanted - changed, name USING ERRCODE = 'ND002';
    END IF;
END $$;

INSERT INTO @lease (epoch, owner, until) VALUES (0, '', '-infinity');
INSERT INTO @groups (version, epoch, id, position, change, head)
VALUES (0, 0, '00000000-0000-0000-0000-000000000000', 0, 0, '{}');
"#;
