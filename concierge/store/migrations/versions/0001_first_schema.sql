CREATE TABLE beats (
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_beats PRIMARY KEY (name)
)
 STRICT

CREATE TABLE cases (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    urgency TEXT NOT NULL,
    route TEXT NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
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
    CONSTRAINT ck_cases_state_known CHECK (state IN ('open', 'sending', 'attention',
        'waiting', 'resolved')),
    CONSTRAINT ck_cases_urgency_known CHECK (urgency IN ('emergency', 'high', 'concern',
        'routine')),
    CONSTRAINT ck_cases_route_known CHECK (route IN ('crisis', 'care_navigation',
        'therapy_fund', 'songwriters', 'events', 'guide', 'partnerships', 'other')),
    CONSTRAINT ck_cases_claim_whole CHECK ((claim_staff IS NULL) = (claim_expires_at IS
        NULL))
)
 STRICT

CREATE INDEX ix_cases_state ON cases (state)

CREATE TABLE done_once (
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_done_once PRIMARY KEY (kind, day)
)
 STRICT

CREATE TABLE folders (
    mailbox TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uidnext INTEGER NOT NULL,
    "exists" INTEGER NOT NULL,
    unfetched INTEGER NOT NULL,
    server_count INTEGER NOT NULL,
    looked_at INTEGER NOT NULL,
    compared_at INTEGER NOT NULL,
    CONSTRAINT pk_folders PRIMARY KEY (mailbox)
)
 STRICT

CREATE TABLE case_senders (
    sender_index TEXT NOT NULL,
    case_id INTEGER NOT NULL,
    CONSTRAINT pk_case_senders PRIMARY KEY (sender_index, case_id),
    CONSTRAINT fk_case_senders_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
 WITHOUT ROWID,
 STRICT

CREATE TABLE clocks (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    urgency TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    at_risk_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    met_at INTEGER,
    paused_at INTEGER,
    remaining INTEGER,
    at_risk_told INTEGER NOT NULL,
    breach_told INTEGER NOT NULL,
    CONSTRAINT ck_clocks_kind_known CHECK (kind IN ('first_response', 'next_response',
        'resolution')),
    CONSTRAINT ck_clocks_urgency_known CHECK (urgency IN ('emergency', 'high', 'concern',
        'routine')),
    CONSTRAINT ck_clocks_at_risk_told_flag CHECK (at_risk_told IN (0, 1)),
    CONSTRAINT ck_clocks_breach_told_flag CHECK (breach_told IN (0, 1)),
    CONSTRAINT ck_clocks_paused_with_rest CHECK ((paused_at IS NULL) = (remaining IS NULL)),
    CONSTRAINT ck_clocks_risk_before_breach CHECK (at_risk_at <= due_at),
    CONSTRAINT fk_clocks_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
 STRICT

CREATE INDEX ix_clocks_case ON clocks (case_id, met_at, paused_at, due_at)

CREATE INDEX ix_clocks_met_at ON clocks (met_at) WHERE met_at IS NOT NULL

CREATE INDEX ix_clocks_untold ON clocks (at_risk_at) WHERE met_at IS NULL AND paused_at IS
    NULL AND breach_told = 0

CREATE UNIQUE INDEX uq_clocks_unmet ON clocks (case_id, kind) WHERE met_at IS NULL

CREATE TABLE drafts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL,
    case_version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    recipient_address BLOB NOT NULL,
    recipient_name BLOB NOT NULL,
    language TEXT NOT NULL,
    subject BLOB NOT NULL,
    text BLOB NOT NULL,
    template TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    fallback_from TEXT NOT NULL,
    cautions BLOB NOT NULL,
    resource_ids TEXT NOT NULL,
    in_reply_to BLOB NOT NULL,
    thread BLOB NOT NULL,
    CONSTRAINT ck_drafts_state_known CHECK (state IN ('proposed', 'approved', 'rejected',
        'superseded')),
    CONSTRAINT ck_drafts_edited_flag CHECK (edited IN (0, 1)),
    CONSTRAINT fk_drafts_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
 STRICT

CREATE INDEX ix_drafts_case_id ON drafts (case_id)

CREATE UNIQUE INDEX uq_drafts_proposed ON drafts (case_id) WHERE state = 'proposed'

CREATE TABLE events (
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
        'clock_started', 'clock_met', 'clock_paused', 'clock_resumed')),
    CONSTRAINT ck_events_by_somebody CHECK (actor <> ''),
    CONSTRAINT fk_events_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
 STRICT

CREATE INDEX ix_events_case ON events (case_id, id)

CREATE INDEX ix_events_kind_at ON events (kind, at)

CREATE TABLE ledger (
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

CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL,
    draft_id INTEGER NOT NULL,
    draft_revision INTEGER NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient BLOB NOT NULL,
    mail BLOB NOT NULL,
    message_id BLOB NOT NULL,
    message_id_index TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    claimed_by TEXT NOT NULL,
    claim_expires_at INTEGER,
    last_reply BLOB NOT NULL,
    sent_at INTEGER,
    copy_pending INTEGER NOT NULL,
    CONSTRAINT uq_outbox_draft_id UNIQUE (draft_id),
    CONSTRAINT uq_outbox_message_id_index UNIQUE (message_id_index),
    CONSTRAINT ck_outbox_state_known CHECK (state IN ('queued', 'claimed', 'in_data',
        'sent', 'failed', 'uncertain', 'bounced', 'withdrawn')),
    CONSTRAINT ck_outbox_copy_pending_flag CHECK (copy_pending IN (0, 1)),
    CONSTRAINT ck_outbox_sent_has_time CHECK (state <> 'sent' OR sent_at IS NOT NULL),
    CONSTRAINT ck_outbox_held_by_somebody CHECK (state NOT IN ('claimed', 'in_data') OR
        (claimed_by <> '' AND claim_expires_at IS NOT NULL)),
    CONSTRAINT ck_outbox_approved_by_somebody CHECK (approved_by <> '' AND digest <> ''),
    CONSTRAINT fk_outbox_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_outbox_draft_id FOREIGN KEY(draft_id) REFERENCES drafts (id)
)
 STRICT

CREATE INDEX ix_outbox_case_id ON outbox (case_id)

CREATE INDEX ix_outbox_copy_pending ON outbox (id) WHERE copy_pending = 1

CREATE INDEX ix_outbox_state ON outbox (state, id)

CREATE TABLE raw_mail (
    entry_id INTEGER NOT NULL,
    raw BLOB NOT NULL,
    CONSTRAINT pk_raw_mail PRIMARY KEY (entry_id),
    CONSTRAINT fk_raw_mail_entry_id FOREIGN KEY(entry_id) REFERENCES ledger (id)
)
 STRICT

CREATE TABLE readings (
    entry_id INTEGER NOT NULL,
    sender_address BLOB,
    sender_name BLOB,
    sender_index TEXT,
    subject BLOB NOT NULL,
    text BLOB NOT NULL,
    quoted_text BLOB NOT NULL,
    message_id BLOB NOT NULL,
    thread BLOB NOT NULL,
    triage BLOB NOT NULL,
    received_at INTEGER,
    CONSTRAINT pk_readings PRIMARY KEY (entry_id),
    CONSTRAINT ck_readings_sender_whole CHECK ((sender_address IS NULL) = (sender_name IS
        NULL)),
    CONSTRAINT ck_readings_sender_found CHECK ((sender_address IS NULL) = (sender_index IS
        NULL)),
    CONSTRAINT fk_readings_entry_id FOREIGN KEY(entry_id) REFERENCES ledger (id)
)
 STRICT

CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events
    are append-only'); END

CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events
    are append-only'); END

CREATE TRIGGER raw_mail_no_update BEFORE UPDATE ON raw_mail BEGIN SELECT RAISE(ABORT, 'raw
    mail is append-only'); END

CREATE TRIGGER raw_mail_no_delete BEFORE DELETE ON raw_mail BEGIN SELECT RAISE(ABORT, 'raw
    mail is append-only'); END

CREATE TRIGGER outbox_frozen BEFORE UPDATE OF case_id, draft_id, draft_revision,
    approved_by, approved_at, digest, sender, recipient, mail, message_id, message_id_index
    ON outbox BEGIN SELECT RAISE(ABORT, 'approved mail never changes'); END

CREATE TRIGGER case_senders_of_reading AFTER INSERT ON readings WHEN NEW.sender_index IS NOT
    NULL BEGIN INSERT INTO case_senders (sender_index, case_id) SELECT NEW.sender_index,
    ledger.case_id FROM ledger WHERE ledger.id = NEW.entry_id AND ledger.case_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM case_senders AS there WHERE there.sender_index =
    NEW.sender_index AND there.case_id = ledger.case_id); END

CREATE TRIGGER case_senders_of_new_reading AFTER UPDATE OF sender_index ON readings WHEN
    NEW.sender_index IS NOT NULL BEGIN INSERT INTO case_senders (sender_index, case_id)
    SELECT NEW.sender_index, ledger.case_id FROM ledger WHERE ledger.id = NEW.entry_id AND
    ledger.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM case_senders AS there WHERE
    there.sender_index = NEW.sender_index AND there.case_id = ledger.case_id); END

CREATE TRIGGER case_senders_of_ledger AFTER UPDATE OF case_id ON ledger WHEN NEW.case_id IS
    NOT NULL BEGIN INSERT INTO case_senders (sender_index, case_id) SELECT
    readings.sender_index, NEW.case_id FROM readings WHERE readings.entry_id = NEW.id AND
    readings.sender_index IS NOT NULL AND NOT EXISTS (SELECT 1 FROM case_senders AS there
    WHERE there.sender_index = readings.sender_index AND there.case_id = NEW.case_id); END

CREATE TRIGGER case_senders_of_case AFTER INSERT ON cases BEGIN INSERT INTO case_senders
    (sender_index, case_id) SELECT NEW.requester_index, NEW.id FROM (SELECT 1) WHERE true
    AND NOT EXISTS (SELECT 1 FROM case_senders AS there WHERE there.sender_index =
    NEW.requester_index AND there.case_id = NEW.id); END

CREATE TRIGGER case_senders_of_requester AFTER UPDATE OF requester_index ON cases BEGIN
    INSERT INTO case_senders (sender_index, case_id) SELECT NEW.requester_index, NEW.id FROM
    (SELECT 1) WHERE true AND NOT EXISTS (SELECT 1 FROM case_senders AS there WHERE
    there.sender_index = NEW.requester_index AND there.case_id = NEW.id); END
