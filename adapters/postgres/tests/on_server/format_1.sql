CREATE SCHEMA taxi_catch;
CREATE FUNCTION taxi_catch.append_empty(newest bigint, mine bigint, this uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO "taxi_catch".groups (version, epoch, id, position, change, head)
    SELECT newest + 1, mine, this, g.position, g.change, g.head FROM "taxi_catch".groups g WHERE g.version = newest AND g.epoch = mine;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'group % of epoch % is not there', newest, mine USING ERRCODE = 'ND001';
    END IF;
END $$;
CREATE FUNCTION taxi_catch.append_group(newest bigint, mine bigint, this uuid, place bigint, changed bigint, body text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO "taxi_catch".groups (version, epoch, id, position, change, head)
    SELECT newest + 1, mine, this, place, changed, body
    WHERE EXISTS (SELECT 1 FROM "taxi_catch".groups g WHERE g.version = newest AND g.epoch = mine);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'group % of epoch % is not there', newest, mine USING ERRCODE = 'ND001';
    END IF;
END $$;
CREATE FUNCTION taxi_catch.expect(changed bigint, wanted bigint, name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF changed <> wanted THEN
        RAISE EXCEPTION '% rows of % are not as the commit says they were.', wanted - changed, name USING ERRCODE = 'ND002';
    END IF;
END $$;
CREATE TABLE taxi_catch.answers (
    route text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    digest bigint NOT NULL,
    at bigint NOT NULL,
    answer text NOT NULL
);
CREATE TABLE taxi_catch.calls (
    caller text NOT NULL COLLATE pg_catalog."C",
    ticket bigint NOT NULL,
    step bigint NOT NULL,
    caller_whole text,
    call text,
    body text,
    answer text
);
CREATE TABLE taxi_catch.collections (
    number integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    finds integer NOT NULL,
    sorts integer NOT NULL,
    ordered boolean NOT NULL
);
ALTER TABLE taxi_catch.collections ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME taxi_catch.collections_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE taxi_catch.dropped (
    number integer NOT NULL
);
CREATE TABLE taxi_catch.gone_1 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    k0 bigint NOT NULL,
    k1 bigint NOT NULL
);
CREATE TABLE taxi_catch.gone_2 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    k0 bigint NOT NULL
);
CREATE TABLE taxi_catch.gone_3 (
    id bigint NOT NULL,
    change bigint NOT NULL
);
CREATE TABLE taxi_catch.gone_4 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    k0 bigint NOT NULL
);
CREATE TABLE taxi_catch.groups (
    version bigint NOT NULL,
    epoch bigint NOT NULL,
    id uuid NOT NULL,
    "position" bigint NOT NULL,
    change bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    claim boolean DEFAULT false NOT NULL,
    head text NOT NULL
);
CREATE TABLE taxi_catch.identity (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL
);
CREATE TABLE taxi_catch.kinds (
    number integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE taxi_catch.lease (
    one boolean DEFAULT true NOT NULL,
    epoch bigint NOT NULL,
    owner text NOT NULL,
    writer_pid integer,
    writer_start timestamp with time zone,
    until timestamp with time zone NOT NULL,
    CONSTRAINT lease_one_check CHECK (one)
);
CREATE TABLE taxi_catch.log (
    "position" bigint NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    version bigint NOT NULL,
    published boolean NOT NULL,
    kind text NOT NULL,
    id bigint NOT NULL,
    key bigint NOT NULL,
    at bigint NOT NULL,
    correlation text NOT NULL,
    traceparent text,
    who text,
    body text NOT NULL
);
CREATE TABLE taxi_catch.pairs (
    collection integer NOT NULL,
    nth integer NOT NULL,
    one integer NOT NULL,
    other integer NOT NULL
);
CREATE TABLE taxi_catch.parked (
    consumer text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    consumer_whole text,
    source_whole text,
    parked text NOT NULL
);
CREATE TABLE taxi_catch.rows_1 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    listed boolean NOT NULL,
    k0 bigint,
    k1 bigint,
    k2 bigint,
    p0 bigint,
    body text,
    fold text,
    history text
);
CREATE TABLE taxi_catch.rows_2 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    listed boolean NOT NULL,
    k0 bigint,
    k1 bigint,
    body text,
    fold text,
    history text
);
CREATE TABLE taxi_catch.rows_3 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    listed boolean NOT NULL,
    body text,
    fold text,
    history text
);
CREATE TABLE taxi_catch.rows_4 (
    id bigint NOT NULL,
    change bigint NOT NULL,
    listed boolean NOT NULL,
    k0 bigint,
    k1 bigint,
    k2 bigint,
    k3 bigint,
    body text,
    fold text,
    history text
);
CREATE TABLE taxi_catch.states (
    kind integer NOT NULL,
    id bigint NOT NULL,
    body text NOT NULL
);
INSERT INTO taxi_catch.collections OVERRIDING SYSTEM VALUE VALUES (1, 'trips', 2, 1, false);
INSERT INTO taxi_catch.collections OVERRIDING SYSTEM VALUE VALUES (2, 'messages@1', 1, 0, true);
INSERT INTO taxi_catch.collections OVERRIDING SYSTEM VALUE VALUES (3, 'plain', 0, 0, false);
INSERT INTO taxi_catch.collections OVERRIDING SYSTEM VALUE VALUES (4, 'wide@3', 1, 2, true);
INSERT INTO taxi_catch.groups VALUES (0, 0, '00000000-0000-0000-0000-000000000000', 0, 0, '2026-11-29 21:08:57.362829+00', false, '{}');
INSERT INTO taxi_catch.groups VALUES (1, 1, 'e1f0e143-23e7-4a9f-8731-9d9df2fcbcbc', 0, 0, '2026-11-29 21:08:57.369776+00', true, '{}');
INSERT INTO taxi_catch.groups VALUES (2, 1, 'cd497f0f-d4b3-473b-b44c-0c92dc7cc2e2', 2, 2, '2026-11-29 21:08:57.403937+00', false, '{"life":"00000000-0000-0000-0000-000000000000","copied_from":"00000000-0000-0000-0000-000000000000","group":0,"known_stores":{},"position":2,"newest_published":null,"change":2,"last_at":"2023-11-14T22:13:20.000002Z","reserved":514,"settled":0,"settled_ahead":[],"positions":{"policies<elsewhere":4},"fences":{},"books":{"money":-2},"versions":{},"parked_order":0}');
INSERT INTO taxi_catch.groups VALUES (3, 1, '52025eca-ae4e-4fbe-b65c-69353e764019', 4, 4, '2026-11-29 21:08:57.406138+00', false, '{"life":"00000000-0000-0000-0000-000000000000","copied_from":"00000000-0000-0000-0000-000000000000","group":0,"known_stores":{},"position":4,"newest_published":null,"change":4,"last_at":"2023-11-14T22:13:20.000004Z","reserved":516,"settled":0,"settled_ahead":[],"positions":{"policies<elsewhere":8},"fences":{},"books":{"money":-4},"versions":{},"parked_order":0}');
INSERT INTO taxi_catch.identity VALUES ('system', 'taxi');
INSERT INTO taxi_catch.identity VALUES ('context', 'catch');
INSERT INTO taxi_catch.identity VALUES ('format', '1');
INSERT INTO taxi_catch.identity VALUES ('place', '7713703438840302149.00000001.16384.16385');
INSERT INTO taxi_catch.kinds VALUES (1, 'trip');
INSERT INTO taxi_catch.lease VALUES (true, 1, 'db2:/srv/nadul', 2649, '2026-11-29 21:08:57.328693+00', '2026-11-29 21:08:57.415084+00');
INSERT INTO taxi_catch.log VALUES (1, '00000000-0000-0001-0000-000000000007', 'TripTaken', 2, true, 'trip', 1001, 1, 1700000000000001, 'c-1', NULL, NULL, '{"eventType":"TripTaken"}');
INSERT INTO taxi_catch.log VALUES (2, '00000000-0000-0002-0000-000000000007', 'TripTaken', 3, false, 'trip', 1002, 2, 1700000000000002, 'c-2', '00-abc-01', NULL, '{"eventType":"TripTaken"}');
INSERT INTO taxi_catch.log VALUES (3, '00000000-0000-0003-0000-000000000007', 'TripTaken', 1, true, 'trip', 1003, 1, 1700000000000003, 'c-3', NULL, NULL, '{"eventType":"TripTaken"}');
INSERT INTO taxi_catch.log VALUES (4, '00000000-0000-0004-0000-000000000007', 'TripTaken', 2, false, 'trip', 1004, 2, 1700000000000004, 'c-4', '00-abc-01', NULL, '{"eventType":"TripTaken"}');
INSERT INTO taxi_catch.pairs VALUES (1, 0, 0, 1);
INSERT INTO taxi_catch.rows_1 VALUES (1001, 1, true, 1, -1, 1, 8691522550617757783, '{"change":1}', '{}', NULL);
INSERT INTO taxi_catch.rows_1 VALUES (1002, 2, true, 2, -2, 2, 3309041238651697572, '{"change":2}', '{}', NULL);
INSERT INTO taxi_catch.rows_1 VALUES (1003, 3, true, 1, -1, 3, 8691522550617757783, '{"change":3}', '{}', NULL);
INSERT INTO taxi_catch.rows_1 VALUES (1004, 4, true, 2, -2, 4, 3309041238651697572, '{"change":4}', '{}', NULL);
INSERT INTO taxi_catch.states VALUES (1, 1001, '{"at":1}');
INSERT INTO taxi_catch.states VALUES (1, 1002, '{"at":2}');
INSERT INTO taxi_catch.states VALUES (1, 1003, '{"at":3}');
INSERT INTO taxi_catch.states VALUES (1, 1004, '{"at":4}');
SELECT pg_catalog.setval('taxi_catch.collections_number_seq', 4, true);
ALTER TABLE ONLY taxi_catch.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (route, key);
ALTER TABLE ONLY taxi_catch.calls
    ADD CONSTRAINT calls_pkey PRIMARY KEY (caller, ticket, step);
ALTER TABLE ONLY taxi_catch.collections
    ADD CONSTRAINT collections_name_key UNIQUE (name);
ALTER TABLE ONLY taxi_catch.collections
    ADD CONSTRAINT collections_pkey PRIMARY KEY (number);
ALTER TABLE ONLY taxi_catch.dropped
    ADD CONSTRAINT dropped_pkey PRIMARY KEY (number);
ALTER TABLE ONLY taxi_catch.gone_1
    ADD CONSTRAINT gone_1_pkey PRIMARY KEY (id, k0, k1);
ALTER TABLE ONLY taxi_catch.gone_2
    ADD CONSTRAINT gone_2_pkey PRIMARY KEY (id, k0);
ALTER TABLE ONLY taxi_catch.gone_3
    ADD CONSTRAINT gone_3_pkey PRIMARY KEY (id);
ALTER TABLE ONLY taxi_catch.gone_4
    ADD CONSTRAINT gone_4_pkey PRIMARY KEY (id, k0);
ALTER TABLE ONLY taxi_catch.groups
    ADD CONSTRAINT groups_pkey PRIMARY KEY (version);
ALTER TABLE ONLY taxi_catch.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (name);
ALTER TABLE ONLY taxi_catch.kinds
    ADD CONSTRAINT kinds_name_key UNIQUE (name);
ALTER TABLE ONLY taxi_catch.kinds
    ADD CONSTRAINT kinds_pkey PRIMARY KEY (number);
ALTER TABLE ONLY taxi_catch.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (one);
ALTER TABLE ONLY taxi_catch.log
    ADD CONSTRAINT log_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY taxi_catch.pairs
    ADD CONSTRAINT pairs_pkey PRIMARY KEY (collection, nth);
ALTER TABLE ONLY taxi_catch.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (consumer, source, "position");
ALTER TABLE ONLY taxi_catch.rows_1
    ADD CONSTRAINT rows_1_pkey PRIMARY KEY (id);
ALTER TABLE ONLY taxi_catch.rows_2
    ADD CONSTRAINT rows_2_pkey PRIMARY KEY (id);
ALTER TABLE ONLY taxi_catch.rows_3
    ADD CONSTRAINT rows_3_pkey PRIMARY KEY (id);
ALTER TABLE ONLY taxi_catch.rows_4
    ADD CONSTRAINT rows_4_pkey PRIMARY KEY (id);
ALTER TABLE ONLY taxi_catch.states
    ADD CONSTRAINT states_pkey PRIMARY KEY (kind, id);
CREATE INDEX answers_at ON taxi_catch.answers USING btree (at);
CREATE INDEX gone_1_change ON taxi_catch.gone_1 USING btree (change, id);
CREATE INDEX gone_2_change ON taxi_catch.gone_2 USING btree (change, id);
CREATE INDEX gone_3_change ON taxi_catch.gone_3 USING btree (change, id);
CREATE INDEX gone_4_change ON taxi_catch.gone_4 USING btree (change, id);
CREATE INDEX log_key ON taxi_catch.log USING btree (key, "position");
CREATE INDEX rows_1_1 ON taxi_catch.rows_1 USING btree (k2, id) WHERE listed;
CREATE INDEX rows_1_2 ON taxi_catch.rows_1 USING btree (k0, id) WHERE listed;
CREATE INDEX rows_1_3 ON taxi_catch.rows_1 USING btree (k0, k2, id) WHERE listed;
CREATE INDEX rows_1_4 ON taxi_catch.rows_1 USING btree (k1, id) WHERE listed;
CREATE INDEX rows_1_5 ON taxi_catch.rows_1 USING btree (k1, k2, id) WHERE listed;
CREATE INDEX rows_1_6 ON taxi_catch.rows_1 USING btree (p0, id) WHERE listed;
CREATE INDEX rows_1_7 ON taxi_catch.rows_1 USING btree (p0, k2, id) WHERE listed;
CREATE INDEX rows_1_change ON taxi_catch.rows_1 USING btree (change, id) WHERE listed;
CREATE INDEX rows_2_0 ON taxi_catch.rows_2 USING btree (k1, id) WHERE listed;
CREATE INDEX rows_2_1 ON taxi_catch.rows_2 USING btree (k0, k1, id) WHERE listed;
CREATE INDEX rows_2_change ON taxi_catch.rows_2 USING btree (change, id) WHERE listed;
CREATE INDEX rows_3_change ON taxi_catch.rows_3 USING btree (change, id) WHERE listed;
CREATE INDEX rows_4_0 ON taxi_catch.rows_4 USING btree (k3, id) WHERE listed;
CREATE INDEX rows_4_1 ON taxi_catch.rows_4 USING btree (k1, id) WHERE listed;
CREATE INDEX rows_4_2 ON taxi_catch.rows_4 USING btree (k2, id) WHERE listed;
CREATE INDEX rows_4_3 ON taxi_catch.rows_4 USING btree (k0, k3, id) WHERE listed;
CREATE INDEX rows_4_4 ON taxi_catch.rows_4 USING btree (k0, k1, id) WHERE listed;
CREATE INDEX rows_4_5 ON taxi_catch.rows_4 USING btree (k0, k2, id) WHERE listed;
CREATE INDEX rows_4_change ON taxi_catch.rows_4 USING btree (change, id) WHERE listed;
