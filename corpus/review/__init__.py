"""People's verdicts on claims: the queue, the verdicts, their exchange as files, and how far two people agree."""
