"""What serves runs that nobody watches: one at a time, ended in time, heard of in logs, begun by the system."""
