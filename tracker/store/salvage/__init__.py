"""Reading a damaged database page by page, without SQLite's help, and writing what is found into a fresh one."""
