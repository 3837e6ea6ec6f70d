"""What the desk does: intake, threading, approvals, dispatch, supervision; talks to ports only."""
