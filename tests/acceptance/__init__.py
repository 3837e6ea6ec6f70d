"""The desk as a whole: processes, real servers, real files."""
