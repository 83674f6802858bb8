"""The arithmetic between claims, said in sentences that a journalist can print."""
