DROP TRIGGER IF EXISTS events_no_update

DROP TRIGGER IF EXISTS events_no_delete

DROP TRIGGER IF EXISTS raw_mail_no_update

DROP TRIGGER IF EXISTS raw_mail_no_delete

DROP TRIGGER IF EXISTS outbox_frozen

DROP TRIGGER IF EXISTS case_senders_of_reading

DROP TRIGGER IF EXISTS case_senders_of_new_reading

DROP TRIGGER IF EXISTS case_senders_of_ledger

DROP TRIGGER IF EXISTS case_senders_of_case

DROP TRIGGER IF EXISTS case_senders_of_requester

CREATE TABLE cases_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    urgency TEXT NOT NULL,
    route TEXT NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    home TEXT NOT NULL,
    requester_address BLOB NOT NULL,
    requester_name BLOB NOT NULL,
    requester_index TEXT NOT NULL,
    subject BLOB NOT NULL,
    opened_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL,
    assigned_to TEXT NOT NULL,
    claim_staff TEXT,
    claim_expires_at INTEGER,
    attention BLOB NOT NULL,
    resolved_at INTEGER,
    merged_into INTEGER,
    flood_of INTEGER,
    language_by TEXT NOT NULL,
    country_by TEXT NOT NULL,
    home_by TEXT NOT NULL,
    CONSTRAINT ck_cases_state_known CHECK (state IN ('open', 'sending', 'attention',
        'waiting', 'resolved')),
    CONSTRAINT ck_cases_urgency_known CHECK (urgency IN ('emergency', 'high', 'concern',
        'routine')),
    CONSTRAINT ck_cases_route_known CHECK (route IN ('crisis', 'care_navigation',
        'therapy_fund', 'songwriters', 'events', 'guide', 'partnerships', 'other')),
    CONSTRAINT ck_cases_claim_whole CHECK ((claim_staff IS NULL) = (claim_expires_at IS NULL)),
    CONSTRAINT ck_cases_merged_elsewhere CHECK (merged_into <> id AND (merged_into IS
        NULL OR state = 'resolved')),
    CONSTRAINT fk_cases_merged_into FOREIGN KEY(merged_into) REFERENCES cases (id),
    CONSTRAINT fk_cases_flood_of FOREIGN KEY(flood_of) REFERENCES cases (id)
)
 STRICT

INSERT INTO cases_new (
    id, version, state, urgency, route, language, country, requester_address,
    requester_name, requester_index, subject, opened_at, last_message_at, assigned_to,
    claim_staff, claim_expires_at, attention, resolved_at, merged_into, flood_of,
    home, language_by, country_by, home_by)
SELECT id, version, state, urgency, route, language, country, requester_address,
    requester_name, requester_index, subject, opened_at, last_message_at, assigned_to,
    claim_staff, claim_expires_at, attention, resolved_at, merged_into, flood_of,
    '', '', '', ''
FROM cases

DROP TABLE cases

ALTER TABLE cases_new RENAME TO cases

CREATE INDEX ix_cases_flood_of ON cases (flood_of) WHERE flood_of IS NOT NULL

CREATE INDEX ix_cases_state ON cases (state)

CREATE TABLE events_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    data TEXT NOT NULL,
    words BLOB NOT NULL,
    CONSTRAINT ck_events_kind_known CHECK (kind IN ('opened', 'message_joined',
        'possible_follow_up', 'triaged', 'urgency_raised', 'drafted', 'draft_superseded',
        'draft_edited', 'draft_rejected', 'approved', 'send_deferred', 'sent',
        'send_failed', 'send_uncertain', 'send_settled', 'bounced', 'claimed', 'taken_over',
        'released', 'assigned', 'noted', 'resolved', 'reopened', 'at_risk', 'breached',
        'linked', 'unlinked', 'merged', 'unmerged', 'split', 'requester_set',
        'forward_found', 'conclusion_set', 'unparked', 'quarantine_ended', 'flooded', 'draft_withheld',
        'clock_started', 'clock_met', 'clock_paused', 'clock_resumed')),
    CONSTRAINT ck_events_by_somebody CHECK (actor <> ''),
    CONSTRAINT fk_events_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
 STRICT

INSERT INTO events_new (
    id, case_id, kind, at, actor, data, words)
SELECT id, case_id, kind, at, actor, data, words
FROM events

DROP TABLE events

ALTER TABLE events_new RENAME TO events

CREATE INDEX ix_events_case ON events (case_id, id)

CREATE INDEX ix_events_kind_at ON events (kind, at)

CREATE TABLE ledger_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    mailbox TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    state TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    message_id BLOB NOT NULL,
    message_id_index TEXT,
    received_at INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    cause TEXT NOT NULL,
    case_id INTEGER,
    duplicate_of INTEGER,
    same_id_as INTEGER,
    settled INTEGER NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    home TEXT NOT NULL,
    urgency TEXT NOT NULL,
    route TEXT NOT NULL,
    CONSTRAINT uq_ledger_mailbox_uidvalidity_uid UNIQUE (mailbox, uidvalidity, uid),
    CONSTRAINT ck_ledger_state_known CHECK (state IN ('stored', 'case', 'muted',
        'quarantined', 'duplicate')),
    CONSTRAINT ck_ledger_kind_known CHECK (kind IN ('', 'human', 'auto_reply', 'bounce',
        'bulk', 'own', 'machine_looking', 'unreadable')),
    CONSTRAINT ck_ledger_urgency_known CHECK (urgency IN ('', 'emergency', 'high',
        'concern', 'routine')),
    CONSTRAINT ck_ledger_route_known CHECK (route IN ('', 'crisis', 'care_navigation',
        'therapy_fund', 'songwriters', 'events', 'guide', 'partnerships', 'other')),
    CONSTRAINT ck_ledger_complete_flag CHECK (complete IN (0, 1)),
    CONSTRAINT ck_ledger_settled_flag CHECK (settled IN (0, 1)),
    CONSTRAINT ck_ledger_duplicate_points CHECK ((state = 'duplicate') = (duplicate_of IS
        NOT NULL)),
    CONSTRAINT ck_ledger_placed_in_case CHECK (state NOT IN ('case', 'quarantined') OR
        case_id IS NOT NULL),
    CONSTRAINT ck_ledger_counts CHECK (attempts >= 0 AND size >= 0),
    CONSTRAINT fk_ledger_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_ledger_duplicate_of FOREIGN KEY(duplicate_of) REFERENCES ledger (id),
    CONSTRAINT fk_ledger_same_id_as FOREIGN KEY(same_id_as) REFERENCES ledger (id)
)
 STRICT

INSERT INTO ledger_new (
    id, mailbox, uidvalidity, uid, state, fingerprint, message_id, message_id_index, received_at,
    fetched_at, size, complete, attempts, cause, case_id, duplicate_of, same_id_as, settled,
    kind, language, country, urgency, route, home)
SELECT id, mailbox, uidvalidity, uid, state, fingerprint, message_id, message_id_index, received_at,
    fetched_at, size, complete, attempts, cause, case_id, duplicate_of, same_id_as, settled,
    kind, language, country, urgency, route, ''
FROM ledger

DROP TABLE ledger

ALTER TABLE ledger_new RENAME TO ledger

CREATE INDEX ix_ledger_case ON ledger (case_id, received_at) WHERE case_id IS NOT NULL

CREATE INDEX ix_ledger_fetched_at ON ledger (fetched_at)

CREATE INDEX ix_ledger_message_id ON ledger (message_id_index) WHERE message_id_index IS NOT
    NULL

CREATE INDEX ix_ledger_parked ON ledger (received_at) WHERE state IN ('muted',
    'quarantined')

CREATE INDEX ix_ledger_stored ON ledger (attempts, id) WHERE state = 'stored'

CREATE INDEX ix_ledger_unsettled ON ledger (mailbox, uidvalidity, id) WHERE settled = 0 AND
    state <> 'stored'

CREATE UNIQUE INDEX uq_ledger_fingerprint ON ledger (fingerprint) WHERE state <> 'duplicate'
