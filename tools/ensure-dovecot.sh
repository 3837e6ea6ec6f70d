#!/bin/sh
# The edges are tested against Dovecot. Install it where we may; else say loudly what is missing.
set -eu
if command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing dovecot-imapd for the tests ..."
    if (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends dovecot-imapd) >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "******************************************************************************" >&2
echo "Dovecot is not here and could not be installed. NOT TESTED: IMAP against a real" >&2
echo "server (TLS, IDLE, UIDVALIDITY, MOVE) and all acceptance tests." >&2
echo "On Debian and Ubuntu: apt install dovecot-imapd" >&2
echo "******************************************************************************" >&2
if [ "${CI:-}" = true ]; then
    exit 1
fi
