"""The command line: every act and every check, for people at a terminal and for scripts."""
