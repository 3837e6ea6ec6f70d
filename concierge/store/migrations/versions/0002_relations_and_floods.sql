CREATE TABLE cases_new (
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
    merged_into INTEGER,
    flood_of INTEGER,
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
    claim_staff, claim_expires_at, attention, resolved_at)
SELECT id, version, state, urgency, route, language, country, requester_address,
    requester_name, requester_index, subject, opened_at, last_message_at, assigned_to,
    claim_staff, claim_expires_at, attention, resolved_at
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
        'forward_found', 'unparked', 'quarantine_ended', 'flooded', 'draft_withheld',
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

CREATE TABLE case_links (
    case_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_case_links PRIMARY KEY (case_id, other_id),
    CONSTRAINT ck_case_links_lower_first CHECK (case_id < other_id),
    CONSTRAINT fk_case_links_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_case_links_other_id FOREIGN KEY(other_id) REFERENCES cases (id)
)
 WITHOUT ROWID,
 STRICT

CREATE INDEX ix_case_links_other_id ON case_links (other_id)

CREATE TABLE likenesses (
    entry_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    head_id INTEGER NOT NULL,
    domain_index TEXT NOT NULL,
    shape_index TEXT NOT NULL,
    simhash INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_likenesses PRIMARY KEY (entry_id),
    CONSTRAINT fk_likenesses_entry_id FOREIGN KEY(entry_id) REFERENCES ledger (id),
    CONSTRAINT fk_likenesses_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_likenesses_head_id FOREIGN KEY(head_id) REFERENCES cases (id)
)
 STRICT

CREATE INDEX ix_likenesses_at ON likenesses (at)

CREATE INDEX ix_likenesses_domain_index ON likenesses (domain_index, at)

CREATE INDEX ix_likenesses_shape_index ON likenesses (shape_index, at)
